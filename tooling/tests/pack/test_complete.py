"""The pack is complete: what a new repository still lacks is evidence and entries of registers, never a document."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from smsrepo.check.engine import Report
from smsrepo.conformity.coverage import Covered, State, coverage
from smsrepo.conformity.kinds import Kind, kinds
from smsrepo.conformity.ledger import read
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.repo import Repo


@pytest.fixture(scope="module")
def fresh(pristine_draft: Path) -> Repo:
    return load(WorktreeSource(pristine_draft))


@pytest.fixture(scope="module")
def rows(fresh: Repo) -> tuple[Covered, ...]:
    return coverage(fresh, Report(()), date(2026, 11, 20))


def asked_for(repo: Repo, *of: Covered) -> list[Kind]:
    """The kinds of evidence that rows name."""
    codes = {code for row in of for code in (*row.requirement.documents, *row.requirement.records)}
    return kinds(repo, read(repo), sorted(codes))


def documents_wanted(repo: Repo, row: Covered) -> Iterator[str]:
    """The types of document that would serve a row, or be evidence for it."""
    claimed = [claim.type for claim in row.claims]
    evidence = [type_ for kind in asked_for(repo, row) for type_, _where in kind.types]
    return (type_.name for type_ in (*claimed, *evidence) if type_.kind == "document")


def test_no_requirement_is_a_gap_for_lack_of_a_document(fresh: Repo, rows: tuple[Covered, ...]) -> None:
    gaps = [row for row in rows if row.state is State.GAP]
    assert gaps, "a fresh repository has no records: the test looks at the wrong rows"
    wanted = {row.requirement.id: list(documents_wanted(fresh, row)) for row in gaps}
    assert {id_: names for id_, names in wanted.items() if names} == {}
    assert [row.requirement.id for row in gaps if not row.claims] == []


@pytest.mark.parametrize("words", ["no such type yet", "no type of document or record says"])
def test_no_gap_lacks_a_place_for_what_is_missing(rows: tuple[Covered, ...], words: str) -> None:
    lacking = [row for row in rows if words in "; ".join(row.missing)]
    assert [row.requirement.id for row in lacking if row.state is State.GAP] == []


def test_every_kind_of_evidence_has_a_source(fresh: Repo, rows: tuple[Covered, ...]) -> None:
    every = asked_for(fresh, *rows)
    assert len(every) > 100
    assert [kind.code for kind in every if not (kind.types or kind.settings or kind.computed)] == []


def test_every_document_that_must_exist_is_there_once_as_a_draft(fresh: Repo) -> None:
    must = [
        t for t in fresh.types.values() if t.kind == "document" and t.required and t.required.how == "one"
    ]
    assert must
    found = {t.name: [a.status for a in fresh.by_type.get(t.name, ())] for t in must}
    assert {name: statuses for name, statuses in found.items() if statuses != ["draft"]} == {}
