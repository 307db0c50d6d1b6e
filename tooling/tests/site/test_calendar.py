"""The calendar: what stands in it, and the file for other calendars, read by a parser that knows only RFC 5545."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smsrepo.site.files import files_of
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records.calendar_file import PATH, calendar_file

ACTION = "sms/records/actions/ACT-2026-0001-second-server.yml"
TEXT = (Path(__file__).parent / "example" / ACTION).read_text(encoding="utf-8")
CUSTOMER = "sms/registers/customers/CUS-002-next-door.yml"
ENTRY = """\
id: CUS-002
type: customer
title: Next door
revision: "1.0"
status: {status}
owner: service-owner
summary_of_change: First issue.
{more}
"""


def content_lines(raw: bytes) -> list[bytes]:
    """Physical lines joined to content lines."""
    assert raw.endswith(b"\r\n")
    return raw.removesuffix(b"\r\n").replace(b"\r\n ", b"").split(b"\r\n")


def events(publication: Publication) -> Iterator[dict[str, str]]:
    """The events, each by the names of its properties, with texts as they were before they were written."""
    lines = [line.decode() for line in content_lines(calendar_file(publication)[PATH])]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: dict[str, str] | None = None
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found = {}
        elif line == "END:VEVENT":
            assert found is not None
            yield found
            found = None
        elif found is not None:
            assert name not in found
            found[name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)


def titled(title: str) -> dict[str, str]:
    return {ACTION: TEXT.replace("Buy a *second* server", title)}


def test_every_entry_stands_on_its_day(publication: Publication) -> None:
    assert [(e["DTSTART;VALUE=DATE"], e["SUMMARY"]) for e in events(publication)] == [
        ("20261115", "Action: ACT-2026-0001 Buy a *second* server"),
        ("20261119", "Change: CHG-2026-0002 Second disk"),
        ("20261202", "Measurement"),
        ("20261205", "Change: CHG-2026-0003 New filter"),
        ("20261231", "End of the waiver of no-author: CUS-001 Corner shop"),
        ("20270131", "End of the agreement: SLA-001 Mail agreement"),
        ("20270201", "Review of the document: POL-001 Mail policy"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Ask, wait; answer",
        "C:\\\\new",
        "Prüfung der Übergänge für höhere Verfügbarkeit im Verlauf des übernächsten Jahres",
        "🔥" * 40,
        "x" * 150,
    ],
)
def test_long_and_odd_titles_survive(title: str, make: Any) -> None:
    publication = make(titled(f'"{title}"'))
    said = title.replace("\\\\", "\\")
    assert f"Action: ACT-2026-0001 {said}" in [event["SUMMARY"] for event in events(publication)]
    physical = calendar_file(publication)[PATH].split(b"\r\n")
    assert max(map(len, physical)) <= 75
    assert [line.decode() for line in physical]  # no character is torn apart
    assert b"\n" not in b"".join(physical)


def test_the_same_day_gives_the_same_bytes(publication: Publication, make: Any) -> None:
    assert calendar_file(publication) == calendar_file(make({}))
    assert {event["DTSTAMP"] for event in events(publication)} == {"20261120T000000Z"}


def test_an_id_stays_when_the_day_moves(publication: Publication, make: Any) -> None:
    before = list(events(publication))
    after = list(events(make({ACTION: TEXT.replace("2026-11-15", "2027-03-01")})))
    assert len({event["UID"] for event in before}) == len(before)
    assert {event["UID"] for event in before} == {event["UID"] for event in after}
    assert [e["DTSTART;VALUE=DATE"] for e in after if "ACT-2026-0001" in e["SUMMARY"]] == ["20270301"]


@pytest.mark.parametrize(
    ("site_url", "address"),
    [("", None), ("https://sms.example/1.0/", "https://sms.example/1.0/policies/POL-001/")],
)
def test_an_entry_leads_to_its_page_where_that_is_known(
    site_url: str, address: str | None, publication: Publication
) -> None:
    found = [e for e in events(replace(publication, site_url=site_url)) if "POL-001" in e["SUMMARY"]]
    assert [event.get("URL") for event in found] == [address]


@pytest.mark.parametrize(
    ("status", "more", "said"),
    [
        ("issued", 'checked_on: "2026-01-10"\ncheck_every: P12M', ["20270110 Check whether it still holds"]),
        ("issued", 'ends_on: "2026-11-01"', ["20261101 End of the right"]),
        ("issued", 'audit_from: "2026-11-20"', ["20261120 Audit begins"]),
        ("issued", 'audit_from: "2026-11-19"', []),
        ("issued", 'go_live: "2028-05-20"', ["20280520 Service goes live"]),
        ("issued", 'go_live: "2028-05-21"', []),
        ("draft", 'ends_on: "2027-01-01"', []),
    ],
)
def test_days_that_stand_in_entries(status: str, more: str, said: list[str], make: Any) -> None:
    found = events(make({CUSTOMER: ENTRY.format(status=status, more=more)}))
    own = [event for event in found if event["SUMMARY"].endswith("CUS-002 Next door")]
    assert [f"{e['DTSTART;VALUE=DATE']} {e['SUMMARY'].partition(':')[0]}" for e in own] == said


def test_the_file_is_handed_out(publication: Publication) -> None:
    assert files_of(publication)[PATH] == calendar_file(publication)[PATH]


def test_what_is_overdue_comes_first(pages: dict[str, Page]) -> None:
    text = pages["calendar.md"].markdown
    assert "2 entries are overdue, and 5 entries to come" in text
    late, rest = text.split("## At a glance")
    assert ("ACT-2026-0001" in late, "CHG-2026-0002" in late, "POL-001" in late) == (True, True, False)
    assert "Overdue" not in rest


def test_numbers_lead_to_their_month_and_add_up(pages: dict[str, Page]) -> None:
    text = pages["calendar.md"].markdown
    numbers = re.findall(r'<a href="#(\d{4}-\d\d)">(\d+)</a>', text)
    months = re.findall(r"^## \w+ \d{4} \{#(.*)\}$", text, re.MULTILINE)
    assert {month for month, _ in numbers} == set(months)
    assert sum(int(number) for _, number in numbers) == 5
    assert months == sorted(months) and date.fromisoformat(f"{months[0]}-01")
