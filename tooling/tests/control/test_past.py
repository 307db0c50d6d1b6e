"""What readers got on an earlier day: every document of that day, wherever it stands by now."""

from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.control.effective import effective_repo
from smsrepo.model.repo import Repo

TODAY = date(2026, 3, 1)
FEBRUARY = "2026-02-10"
CHANGES = "policies/POL-002-changes.md"
DRAFT = "as policy-change in {} status=draft\nmerge"
ADDED = f"on 2026-02-01\nbob adds POL-003 {DRAFT}"
MOVED = "bob moves {} to {}\nmerge"
POLICIES = {"POL-001": "effective 1.0", "POL-002": "effective 1.0"}
# (scenario, day, the policies with their state on the day)
CASES = {
    "another draft where a document stood": (
        f"on 2026-02-01\n{MOVED.format(CHANGES, 'policies/changes.md')}\n{ADDED.format(CHANGES)}",
        FEBRUARY, {**POLICIES, "POL-003": "draft"},
    ),
    "another draft where a document stood, today": (
        f"on 2026-02-01\n{MOVED.format(CHANGES, 'policies/changes.md')}\n{ADDED.format(CHANGES)}",
        str(TODAY), {**POLICIES, "POL-003": "draft"},
    ),
    "a draft where a document stands by now": (
        f"{ADDED.format('policies/a.md')}\non 2026-02-20\n{MOVED.format('policies/a.md', 'policies/b.md')}\n"
        f"{MOVED.format('POL-002', 'policies/a.md')}",
        FEBRUARY, {**POLICIES, "POL-003": "draft"},
    ),
    "a draft where one that came later stands": (
        f"{ADDED.format('policies/a.md')}\non 2026-02-20\n{MOVED.format('policies/a.md', 'policies/b.md')}\n"
        f"bob adds POL-004 {DRAFT.format('policies/a.md')}",
        FEBRUARY, {**POLICIES, "POL-003": "draft"},
    ),
    "a draft where a discarded one stood, today": (
        f"{ADDED.format('policies/a.md')}\nbob deletes policies/a.md\nmerge\nbob adds POL-004 {DRAFT.format('policies/a.md')}",
        str(TODAY), {**POLICIES, "POL-004": "draft"},
    ),
    "moved since": (
        f"on 2026-02-20\n{MOVED.format(CHANGES, 'policies/changes.md')}", FEBRUARY, POLICIES,
    ),
    "moved before, and since": (
        f"on 2026-02-01\n{MOVED.format(CHANGES, 'policies/a.md')}\n"
        f"on 2026-02-20\n{MOVED.format('policies/a.md', 'policies/b.md')}",
        FEBRUARY, POLICIES,
    ),
    "revised and moved since": (
        "on 2026-02-20\nbob issues POL-002 1.1: Better.\nanna approves POL-002\nmerge\n"
        f"{MOVED.format(CHANGES, 'policies/changes.md')}",
        FEBRUARY, POLICIES,
    ),
    "a newer draft in another file": (
        f"on 2026-02-01\n{MOVED.format(CHANGES, 'policies/POL-002-a.md')}\nbob drafts POL-002 1.1: Better.\nmerge\n"
        f"on 2026-02-20\n{MOVED.format('policies/POL-002-a.md', 'policies/b.md')}",
        FEBRUARY, POLICIES,
    ),
    "deleted by mistake, and its file taken": (
        f"on 2026-02-01\nbob deletes POL-002\nmerge\n{ADDED.format(CHANGES)}",
        FEBRUARY, {**POLICIES, "POL-003": "draft"},
    ),
    "deleted by mistake, and its file taken, today": (
        f"on 2026-02-01\nbob deletes POL-002\nmerge\n{ADDED.format(CHANGES)}",
        str(TODAY), {**POLICIES, "POL-003": "draft"},
    ),
    "both deleted by mistake, one after the other in one file": (
        f"on 2026-02-01\nbob deletes POL-002\nmerge\nbob adds POL-003 as policy-change in {CHANGES}\n"
        f"anna approves POL-002\nmerge\nbob deletes {CHANGES}\nmerge",
        FEBRUARY, {**POLICIES, "POL-003": "effective 1.0"},
    ),
    "made unreadable": (f"on 2026-02-01\nbob writes {CHANGES}: No header.\nmerge", FEBRUARY, POLICIES),
    "deleted since": ("on 2026-02-20\nbob deletes POL-002\nmerge", FEBRUARY, POLICIES),
    "came later": (f"on 2026-02-20\n{ADDED.format('policies/a.md')[14:]}", FEBRUARY, POLICIES),
    "somebody else's file with the id": (
        "on 2026-02-01\nmallory copies POL-002 to policies/POL-000-mine.md\nmerge\n"
        f"on 2026-02-20\n{MOVED.format(CHANGES, 'policies/b.md')}",
        FEBRUARY, {**POLICIES, "POL-002 again": "not approved"},
    ),
}  # fmt: skip


def on(day: str, text: str, path: Path) -> Repo:
    played, _ = play(text, path)
    played.repo.switch("main")
    return effective_repo(played.repo.path, date.fromisoformat(day), TODAY)[0]


@pytest.mark.parametrize(("text", "day", "there"), CASES.values(), ids=CASES)
def test_every_document_of_the_day_is_there_once(
    text: str, day: str, there: dict[str, str], tmp_path: Path
) -> None:
    found: dict[str, str] = {}
    policies = [a for a in on(day, text, tmp_path / "repo").artefacts if a.path.startswith("policies/")]
    for one in sorted(policies, key=lambda a: (a.id, a.proven is not None and not a.proven.in_force)):
        assert one.proven
        revision = f" {one.data['revision']}" if one.proven.in_force else ""
        found[f"{one.id} again" if one.id in found else one.id] = f"{one.proven.state}{revision}"
    assert found == there


MINE = "policies/POL-000-mine.md"
TWICE = {
    "a copy": f"on 2026-02-01\nmallory copies POL-002 to {MINE}\nmerge",
    "a draft beside a newer one": (
        f"on 2026-02-01\nbob drafts POL-002 1.1: Better.\nmerge\nmallory adds POL-002 {DRAFT.format(MINE)}"
    ),
}


@pytest.mark.parametrize("day", [FEBRUARY, str(TODAY)])
@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE)
def test_of_two_files_with_an_id_the_first_is_in_force(text: str, day: str, tmp_path: Path) -> None:
    two = {a.path: a.proven for a in on(day, text, tmp_path / "repo").artefacts if a.id == "POL-002"}
    assert {path: proven.in_force for path, proven in two.items() if proven} == {CHANGES: True, MINE: False}


def test_a_record_keeps_its_place(tmp_path: Path) -> None:
    place = "slas/SLA-001-desk.yml"
    text = f"bob deletes SLA-001\nmerge\nbob adds INC-2026-0003 as incident in {place} status=open\nmerge"
    repo = on(FEBRUARY, text, tmp_path / "repo")
    assert (repo.by_id["INC-2026-0003"].path, "SLA-001" in repo.by_id) == (place, True)


# The records were taken over on 2026-01-05, and say themselves that they are of 2026-01-02.
@pytest.mark.parametrize(("day", "there"), [("2026-01-01", False), ("2026-01-02", True)])
def test_before_control_began_records_are_taken_at_their_word(day: str, there: bool, tmp_path: Path) -> None:
    by_id = on(day, "", tmp_path / "repo").by_id
    assert ("INC-2026-0001" in by_id, "POL-001" in by_id) == (there, True)
