"""The revisions that readers may look up: which there are on a day, in which state, and from when to when they applied."""

from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.control.editions import Edition, editions_of
from smsrepo.control.register import Register

TODAY = date(2026, 3, 1)
ISSUED = "on 2026-02-01\nbob issues POL-001 1.1: Better.\nanna approves POL-001\nmerge"
LATER = "on 2026-02-10\nbob issues POL-001 1.2 effective_from=2027-01-01: Best.\nanna approves POL-001\nmerge"

# (scenario, day, each revision of POL-001: number, state, from, until, compared with; "*" marks the one that is shown)
CASES = {
    "as control began": ("", TODAY, ["1.0* effective - -"]),
    "a draft": (
        "bob drafts POL-001 1.1: Better.\nmerge",
        TODAY,
        ["1.0* effective - -", "1.1 draft - - after 1.0"],
    ),
    "in review": (
        "bob issues POL-001 1.1: Better.\nmerge",
        TODAY,
        ["1.0* effective - -", "1.1 in review - - after 1.0"],
    ),
    "issued": (
        ISSUED,
        TODAY,
        ["1.0 superseded - 2026-02-01", "1.1* effective 2026-02-01 - after 1.0"],
    ),
    "not seen yet": (ISSUED, date(2026, 1, 31), ["1.0* effective - -"]),
    "to come": (
        f"{ISSUED}\n{LATER}",
        TODAY,
        [
            "1.0 superseded - 2026-02-01",
            "1.1* effective 2026-02-01 2027-01-01 after 1.0",
            "1.2 approved 2027-01-01 - after 1.1",
        ],
    ),
    "a draft that became what was issued": (
        f"bob drafts POL-001 1.1: Good.\nmerge\n{ISSUED}",
        TODAY,
        ["1.0 superseded - 2026-02-01", "1.1* effective 2026-02-01 - after 1.0"],
    ),
    "withdrawn": (
        "on 2026-02-01\nbob withdraws POL-001 1.1\nanna approves withdrawal of POL-001\nmerge",
        TODAY,
        ["1.0 superseded - 2026-02-01", "1.1* obsolete 2026-02-01 - after 1.0"],
    ),
    "approval taken back": (
        f"{ISSUED}\non 2026-02-20\nanna revokes POL-001\nmerge",
        TODAY,
        ["1.0* effective - -", "1.1 revoked 2026-02-01 2026-02-20 after 1.0"],
    ),
    "deleted by mistake": ("bob deletes POL-001\nmerge", TODAY, ["1.0* effective - -"]),
}


def told(edition: Edition) -> str:
    name = f"{edition.number}{'*' if edition.shown else ''}"
    after = f" after {edition.before}" if edition.before else ""
    return f"{name} {edition.state} {edition.since or '-'} {edition.until or '-'}{after}"


@pytest.mark.parametrize(("text", "day", "expected"), CASES.values(), ids=CASES)
def test_revisions(text: str, day: date, expected: list[str], tmp_path: Path) -> None:
    played, _ = play(text, tmp_path / "repo")
    found = editions_of(Register(played.replay()), day)["POL-001"]
    assert [told(edition) for edition in found] == expected


def test_the_statements_about_a_revision_are_those_that_stand(tmp_path: Path) -> None:
    played, _ = play(f"{ISSUED}\n{LATER}", tmp_path / "repo")
    register = Register(played.replay())
    first, second, third = editions_of(register, TODAY)["POL-001"]
    assert (first.adopted, first.approvals) == (True, ())
    assert [(act.person, act.entered.date()) for act in second.approvals] == [
        ("anna-nowak", date(2026, 2, 1))
    ]
    assert second.approvals[0].path.startswith("sms/approvals/2026/")
    assert second.approvals[0].subject.digest == second.version.digest
    assert [act.person for act in third.approvals] == ["anna-nowak"]


def test_a_revoked_revision_names_who_had_approved_it(tmp_path: Path) -> None:
    played, _ = play(f"{ISSUED}\non 2026-02-20\nanna revokes POL-001\nmerge", tmp_path / "repo")
    revoked = editions_of(Register(played.replay()), TODAY)["POL-001"][1]
    assert [act.action for act in revoked.acts] == ["approve", "revoke"]
    assert [act.person for act in revoked.approvals] == ["anna-nowak"]


def test_a_discarded_draft_and_records_have_none(tmp_path: Path) -> None:
    text = (
        "bob adds POL-003 as policy-change in policies/POL-003-more.md status=draft revision=0.1\nmerge\n"
        "bob deletes POL-003\nmerge"
    )
    played, _ = play(text, tmp_path / "repo")
    register = Register(played.replay())
    found = editions_of(register, TODAY)
    assert "POL-003" in register.lineages
    assert "POL-003" not in found
    assert not [one for editions in found.values() for one in editions if one.version.type.is_record]
