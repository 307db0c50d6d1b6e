"""Crosswalks: an entry stands as the worst row it maps to, and nothing rests on them."""

from datetime import date
from pathlib import Path

import pytest
from support.memory import ROOT, MemorySource, schemas, small_settings

from smsrepo.check.engine import Report
from smsrepo.conformity import crosswalk
from smsrepo.conformity.coverage import Covered, State, coverage
from smsrepo.conformity.ledger import Requirement, read
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.repo import Repo

TEXT = """title: Next
to: A standard:2030
about: What stands where.
unit: Subject
entries:
- {id: one, text: A subject, clauses: ["5.1"], maps_to: [MAP], confidence: high}
"""
STATES = {"4.1.1-s1": State.MET, "4.1.1-a": State.PARTIAL, "4.1.2-a": State.GAP, "4.11.1-a": State.DOCUMENTED}


def repo_with(text: str) -> Repo:
    return load(MemorySource({**schemas(), **small_settings(), "sms/requirements/crosswalk-next.yml": text}))


def row(id_: str, state: State) -> Covered:
    clause, _, item = id_.partition("-")
    asked = Requirement(id_, clause, item, "Text", "content", (), (), False, False)
    return Covered(asked, state, (), (), (f"missing in {id_}",), f"sms new {id_}")


@pytest.mark.parametrize(
    ("maps_to", "state", "rows", "unknown", "command"),
    [
        ("4.1.1-s1", State.MET, ["4.1.1-s1"], (), "sms new 4.1.1-s1"),
        ('"4.1.1"', State.PARTIAL, ["4.1.1-s1", "4.1.1-a"], (), "sms new 4.1.1-a"),
        ('"4.1"', State.GAP, ["4.1.1-s1", "4.1.1-a", "4.1.2-a"], (), "sms new 4.1.2-a"),
        ('"4.11", 4.1.1-s1', State.DOCUMENTED, ["4.11.1-a", "4.1.1-s1"], (), "sms new 4.11.1-a"),
        ("", None, [], (), ""),
        ("4.1.1-zz, 4.1.1-s1", State.GAP, ["4.1.1-s1"], ("4.1.1-zz",), ""),
    ],
)
def test_the_worst_row_counts(
    maps_to: str, state: State | None, rows: list[str], unknown: tuple[str, ...], command: str
) -> None:
    found = crosswalk.read(repo_with(TEXT.replace("MAP", maps_to)), "next")
    (viewed,) = crosswalk.view(found, [row(id_, each) for id_, each in STATES.items()])
    assert [each.requirement.id for each in viewed.rows] == rows
    assert (viewed.state, viewed.unknown, viewed.next_command) == (state, unknown, command)
    assert (viewed.missing != ()) == bool(rows or unknown)


@pytest.mark.parametrize("text", ["title: [", TEXT.replace("unit:", "units:"), TEXT.replace("MAP", "x y")])
def test_a_broken_one_is_a_finding_and_has_no_entries(text: str) -> None:
    repo = repo_with(text)
    flaws = [flaw.path for flaws in repo.flaws.values() for flaw in flaws]
    assert "sms/requirements/crosswalk-next.yml" in flaws
    assert crosswalk.names(repo) == ("next",)
    assert not crosswalk.read(repo, "next").entries
    assert crosswalk.readable(repo) == []


def test_it_is_no_ledger() -> None:
    repo = repo_with(TEXT.replace("MAP", ""))
    assert not any(each.id == "one" for each in read(repo).rows)


@pytest.fixture(scope="module")
def root() -> Repo:
    return load(WorktreeSource(Path(ROOT)))


@pytest.mark.parametrize(("name", "number"), [("2018", 101), ("code-of-practice", 581)])
def test_those_of_the_root_are_whole(name: str, number: int, root: Repo) -> None:
    found = crosswalk.read(root, name)
    assert len({entry.id for entry in found.entries}) == len(found.entries) == number
    entries = crosswalk.view(found, coverage(root, Report(()), date(2026, 11, 20)))
    assert not [viewed.entry.id for viewed in entries if viewed.unknown]
    if name == "2018":
        assert all(entry.confidence for entry in found.entries)


def test_worst_first_and_nothing_last() -> None:
    two = TEXT.replace("MAP", "") + '- {id: two, text: Two, clauses: ["5.2"], maps_to: [4.1.2-a]}\n'
    entries = crosswalk.view(crosswalk.read(repo_with(two), "next"), [row("4.1.2-a", State.GAP)])
    assert [viewed.entry.id for viewed in crosswalk.worst_first(entries)] == ["two", "one"]
