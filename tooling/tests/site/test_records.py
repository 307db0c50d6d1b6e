"""Pages about records and documents from outside: what matters first, and nothing that is not so."""

import re
from pathlib import Path
from typing import Any

import pytest
from support.memory import schemas

from smsrepo.site.pages import pages_of

EXAMPLE = Path(__file__).parent / "example"
FOLDER = "sms/records/actions"
ACTION, NONCONFORMITY = "schemas/records/action.schema.json", "schemas/records/nonconformity.schema.json"
EXTERNAL = "schemas/registers/external-document.schema.json"
REAL = {path: raw for path, raw in schemas().items() if path in (ACTION, NONCONFORMITY, EXTERNAL)}


def record(id_: str, type_: str, status: str, *more: str) -> dict[str, str]:
    folder = {"action": FOLDER, "nonconformity": "sms/records/nonconformities"}[type_]
    text = (
        f'id: {id_}\ntype: {type_}\ntitle: About {id_}\nstatus: {status}\nrecorded_on: "2026-09-01"\n'
        "recorded_by: ben-okoro\n"
    )
    return {f"{folder}/{id_}-about.yml": text + "".join(f"{line}\n" for line in more)}


def action(number: int, status: str, due: str, *more: str) -> dict[str, str]:
    own = ("kind: corrective", "source: [NCR-2026-0001]", "owner: anna-nowak", f'due: "{due}"')
    return record(f"ACT-2026-1{number:03}", "action", status, *own, *more)


VERIFIED = ('completed_on: "2026-10-01"', 'verified_on: "2026-10-20"')
THREAD = {
    **REAL,
    **record(
        "NCR-2026-0001", "nonconformity", "open", "source: MEA-2026-0002", "responsible: service-owner",
        "severity: minor", 'due: "2027-01-10"', "corrective_actions: [ACT-2026-1001, ACT-2026-1002]",
    ),
    **record("NCR-2026-0002", "nonconformity", "closed", 'due: "2026-10-01"', 'closed_on: "2026-10-02"'),
    **action(1, "open", "2026-11-19"),
    **action(2, "open", "2026-11-20"),
    **action(3, "completed", "2026-11-01", 'completed_on: "2026-10-30"'),
    **action(4, "verified", "2026-10-01", *VERIFIED, "effectiveness: effective"),
    **action(5, "verified", "2026-09-30", *VERIFIED, "effectiveness: not-effective"),
    **action(6, "verified", "2025-10-01", 'verified_on: "2025-11-19"', "effectiveness: effective"),
    **action(7, "cancelled", "2026-10-01", "cancelled_because: The cause is gone."),
}  # fmt: skip


@pytest.fixture(scope="module")
def actions(make: Any) -> str:
    return pages_of(make(THREAD))["actions.md"].markdown


@pytest.mark.parametrize(
    ("section", "ids"),
    [
        ("Overdue", ["ACT-2026-0001", "ACT-2026-1001"]),
        ("Open", ["ACT-2026-1003", "ACT-2026-1002", "NCR-2026-0001"]),
    ],
)
def test_what_is_open_stands_in_the_order_of_its_day(section: str, ids: list[str], actions: str) -> None:
    """What is done and waits for the check of its effect is not overdue."""
    rows = actions.partition(f"## {section}\n")[2].partition("##")[0]
    assert re.findall(r"^\| [^|]* \| \[(\S+)", rows, re.MULTILINE) == ids


@pytest.mark.parametrize(
    ("id_", "said"), [("ACT-2026-1003", "Completed waits to be verified"), ("ACT-2026-1002", "Open")]
)
def test_what_is_done_says_what_it_waits_for(id_: str, said: str, actions: str) -> None:
    (row,) = re.findall(rf"^\| [^|]* \| \[{id_} .*$", actions, re.MULTILINE)
    assert re.sub(r"<[^>]+>", "", row.split(" | ")[2]) == said


def test_the_thread_runs_both_ways(actions: str) -> None:
    (from_it,) = re.findall(r"^\|.*\[ACT-2026-1002 .*$", actions, re.MULTILINE)
    assert "[MEA-2026-0002](sms/records/measurements/MEA-2026-0002.md) › [NCR-2026-0001 About" in from_it
    (source,) = re.findall(r"^\|[^|]*\| \[NCR-2026-0001 .*$", actions, re.MULTILINE)
    assert "→ [ACT-2026-1001](" in source
    assert "Minor" not in source
    assert "Nonconformity, minor" in source


def test_the_finished_ones_of_a_year_are_counted(actions: str) -> None:
    assert actions.partition("## Finished since 2025-11-20\n")[2].strip().splitlines() == [
        "- 1 nonconformity closed",
        "- 2 actions verified by somebody else: 1 effective, 1 not effective",
        "- 1 of 3 done by the day agreed",
        "- 1 action given up in all the time on record",
        "",
        '- <span class="sms-badge sms-badge--bad">Not effective</span> '
        "[ACT-2026-1005 About ACT-2026-1005](sms/records/actions/ACT-2026-1005.md)",
    ]


def test_open_kinds_come_first_and_say_when_they_are_due(make: Any) -> None:
    text = pages_of(make(THREAD))["records/index.md"].markdown
    open_ = text.partition("## Open\n")[2].partition("##")[0]
    assert re.findall(r"^\| \[([^\]]+)\]\S+ \| (\d+) \| (\S+)", open_, re.MULTILINE) == [
        ("Actions", "4", "2026-11-15"),
        ("Nonconformities", "1", "2027-01-10"),
        ("Requests for change", "3", "&nbsp;"),
    ]


def external(number: int, stage: str, checked: str, *more: str) -> dict[str, str]:
    text = (
        f"id: EXT-{number:03}\ntype: external-document\ntitle: Law {number}\nrevision: '1.0'\nstatus: issued\n"
        f"owner: service-owner\nsummary_of_change: First issue.\nstage: {stage}\nissuer: Legislator\n"
        f'edition: "2011"\nkept_at: The shelf\ngiven_to: [all-staff, customers]\nchecked_on: "{checked}"\n'
        "check_every: P12M\n"
    )
    path = f"sms/registers/external-documents/EXT-{number:03}-law.yml"
    return {path: text + "".join(f"{line}\n" for line in more)}


@pytest.fixture(scope="module")
def external_page(make: Any) -> str:
    found = {
        **external(1, "current", "2025-11-19"),
        **external(2, "current", "2025-11-20"),
        **external(3, "superseded", "2024-01-01", "superseded_by: EXT-002"),
    }
    return pages_of(make({**REAL, **found}))["external-documents.md"].markdown


@pytest.mark.parametrize(
    ("id_", "again"),
    [("EXT-001", "again by 2026-11-19</span> <span"), ("EXT-002", "again by 2026-11-20</span> |")],
)
def test_the_next_look_for_an_edition(id_: str, again: str, external_page: str) -> None:
    current = external_page.partition("## Drafted")[0]
    (row,) = [line for line in current.splitlines() if f"[{id_} " in line]
    assert again in row
    assert "Customers" in row
    assert "The shelf" in row


def test_what_is_superseded_stands_apart(external_page: str) -> None:
    before, after = external_page.split("## Drafted, superseded or obsolete")
    assert "EXT-003" not in before
    assert "Superseded by [EXT-002 Law 2](" in after
    assert "again by" not in after.partition("##")[0]


def test_pages_without_content_are_left_out(pages: dict[str, Any]) -> None:
    assert "external-documents.md" not in pages
