"""What a baseline says of a history, in the one form it has."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.control.baseline import Baseline, baseline_of, differences, read, render
from smsrepo.control.register import register_of
from smsrepo.load.history import load_history

DAY = date(2026, 3, 1)
REVISED = "on 2026-02-01\nbob issues POL-001 1.1: Better.\nanna approves POL-001\nmerge"
# (scenario, day, revisions in force, taken over, obsolete, pending)
CASES = {
    "as control began": ("", DAY, "1.0 1.0 1.0 1.0", 4, 0, 0),
    "revised": (REVISED, DAY, "1.1 1.0 1.0 1.0", 3, 0, 0),
    "revised later": (REVISED, date(2026, 1, 31), "1.0 1.0 1.0 1.0", 4, 0, 0),
    "drafted": ("bob drafts POL-001 1.1: Better.\nmerge", DAY, "1.0 1.0 1.0 1.0", 4, 0, 0),
    "withdrawn": (
        "bob withdraws POL-001 1.1\nanna approves withdrawal of POL-001\nmerge", DAY, "1.0 1.0 1.0", 3, 1, 0,
    ),
    "not yet": ("bob adds POL-003 as policy-change in policies/POL-003-more.md\nmerge", DAY, "1.0 1.0 1.0 1.0", 4, 0, 1),
}  # fmt: skip


def baseline(text: str, path: Path, day: date = DAY) -> Baseline:
    played, _ = play(text, path)
    history = load_history(played.repo.path, played.repo.git("rev-parse", "main"))
    return baseline_of(register_of(history), "2026.1", day)


@pytest.mark.parametrize(
    ("text", "day", "revisions", "taken", "obsolete", "pending"), CASES.values(), ids=CASES
)
def test_what_counts(
    text: str, day: date, revisions: str, taken: int, obsolete: int, pending: int, tmp_path: Path
) -> None:
    found = baseline(text, tmp_path / "repo", day)
    assert [one.revision for one in found.documents] == revisions.split()
    assert (found.taken_over, found.obsolete, found.pending) == (taken, obsolete, pending)
    assert read(render(found)) == found


def test_who_approved_and_since_when(tmp_path: Path) -> None:
    first = baseline(REVISED, tmp_path / "repo").documents[0]
    (by,) = first.approved_by
    assert (first.id, first.since, first.taken_over) == ("POL-001", "2026-02-01", False)
    assert (by.person, by.role, by.on, by.assurance) == (
        "anna-nowak",
        "top-management",
        "2026-02-01",
        "signed",
    )
    assert first.digest.startswith("sha256:")


MESSAGES = {
    "any text": lambda text: "Release of Monday\n",
    "nothing": lambda text: "",
    "another schema": lambda text: text.replace("sms-baseline/1", "sms-baseline/2"),
    "a word more": lambda text: text + "PS: hello\n",
    "no name": lambda text: text.replace('name: "2026.1"\n', ""),
    "no document": lambda text: text.replace('{"id"', '{"name"'),
    "no day": lambda text: text.replace('day: "2026-03-01"', 'day: "soon"'),
    "counted wrong": lambda text: text.replace('"in_force": 4', '"in_force": 5'),
    "a list": lambda text: text.replace("counts: {", "counts: [").replace("}\ndocuments", "]\ndocuments"),
}


@pytest.mark.parametrize("change", MESSAGES.values(), ids=MESSAGES)
def test_what_is_no_baseline(change, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(change(render(baseline("", tmp_path / "repo"))))


def test_differences_are_named(tmp_path: Path) -> None:
    now = baseline(REVISED, tmp_path / "repo")
    first, second, *others = now.documents
    kept = replace(now, commit="c0ffee", pending=2, documents=(replace(first, revision="1.0"), *others))
    said = list(differences(kept, now))
    assert list(differences(now, now)) == []
    assert [line.partition(":")[0] for line in said] == ["commit", "pending", "POL-001", second.id]
    assert "the baseline says revision 1.0, sha256:" in said[2]
    assert "approved by anna-nowak (top-management, 2026-02-01)" in said[2]
    assert "the baseline says nothing in force, the history revision 1.0" in said[3]
