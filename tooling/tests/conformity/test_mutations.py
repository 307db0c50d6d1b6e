"""Whatever the schemas demand is noticed when it is spoilt: the reference SMS, broken place by place."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import pytest
from support.memory import ROOT, MemorySource
from support.mutations import (
    Draft,
    Mutation,
    drafts_of_fields,
    drafts_of_orders,
    drafts_of_references,
    drafts_of_sections,
    mutations,
    older,
)

from smsrepo.check.catalogue import about_files
from smsrepo.check.engine import Report, run
from smsrepo.control.planned import planned
from smsrepo.control.settings import Settings
from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.snapshot import load
from smsrepo.model.finding import Finding
from smsrepo.model.repo import Repo

NOTICED = 0.99
"""The share of mutations that must be noticed."""

EXCEPTIONS: dict[str, dict[str, str]] = {
    "fields": {
        "incident: empty updates": "an incident that has just been recorded has no history yet",
        "service-request: empty updates": "the same",
    }
}
"""Mutations of a kind that nothing can notice, as printed, with the reason."""


@cache
def _contents() -> dict[str, bytes]:
    folders = ("schemas", "sms", "policies", "plans", "slas", "catalog")
    files = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in files}


@cache
def _repo() -> Repo:
    return load(MemorySource(_contents()))


def _schema_files() -> SchemaFiles:
    contents = _contents().items()
    return SchemaFiles({path: json.loads(raw) for path, raw in contents if path.endswith(".json")})


@cache
def _as_of() -> date:
    return date.fromisoformat(_repo().settings["sms/sms.yml"].data["as_of"])


def _check(changed: Mapping[str, str], rules: Collection[str], alone: bool = False) -> Report:
    """What some rules say of the reference SMS with changed files; `alone`: of these files only."""
    kept = {path: raw for path, raw in _contents().items() if not alone or _decides(path)}
    repo = load(MemorySource({**kept, **changed}))
    return run(repo, [rule for rule in about_files().values() if rule.id in rules], _as_of())


def _decides(path: str) -> bool:
    """Schemas and settings: what every file is judged by."""
    return path.startswith("schemas/") or (path.startswith("sms/") and path.count("/") == 1)


def _unnoticed(made: Sequence[Mutation], alone: bool) -> list[Mutation]:
    """The mutations that no finding on their file tells of."""
    told: dict[str, list[Finding]] = defaultdict(list)
    rules = {rule for mutation in made for rule in mutation.rules}
    for finding in _check({mutation.path: mutation.text for mutation in made}, rules, alone).findings:
        told[finding.path].append(finding)
    return [mutation for mutation in made if not mutation.noticed_by(told[mutation.path])]


def test_the_reference_sms_has_no_findings() -> None:
    report = _check({}, about_files())
    assert not report.findings and not report.waiting


KINDS: dict[str, Callable[[], Iterator[Draft]]] = {
    "fields": lambda: drafts_of_fields(_repo(), _schema_files()),
    "sections": lambda: drafts_of_sections(_repo()),
    "references": lambda: drafts_of_references(_repo()),
    "date orders": lambda: drafts_of_orders(_repo()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_spoilt_is_noticed(
    kind: str, record_testsuite_property: Callable[[str, object], None]
) -> None:
    made = mutations(KINDS[kind]())
    missed, total = _unnoticed(made, alone=kind != "references"), len(made)
    unexplained = {str(mutation) for mutation in missed} - set(EXCEPTIONS.get(kind, ()))
    outlived = set(EXCEPTIONS.get(kind, ())) - {str(mutation) for mutation in missed}
    share = 1 - len(missed) / total
    print(f"{kind}: {total} mutations, {share:.2%} noticed, {Counter(m.done for m in missed)}")
    record_testsuite_property(f"mutations noticed: {kind}", f"{share:.4f} of {total}")
    assert total > 20
    assert share >= NOTICED, unexplained
    assert not unexplained
    assert not outlived, "noticed by now, or no longer made: take them out of EXCEPTIONS"


def test_what_is_too_old_is_noticed() -> None:
    repo = _repo()
    settings, day = Settings(repo), _as_of()
    planned_types = [type_ for type_ in repo.types.values() if type_.every]
    steps = [step for type_ in planned_types for step in planned(repo, settings, type_, day) if step.held]
    aged = dict(
        older(record, type_.every.date)
        for type_ in planned_types
        for record in repo.by_type.get(type_.name, ())
        if type_.every.date in record.data
    )
    told = {(f.path, f.pointer) for f in _check(aged, {"interval-overdue"}).findings}
    expected = {
        (step.entry.path, "/id")
        if step.entry
        else ("sms/control.yml", f"/intervals/{step.type.every.interval}")
        for step in steps
    }
    assert len(expected) > 5
    assert not expected - told
    assert {step.type.name for step in steps} == {type_.name for type_ in planned_types}


def test_what_is_missing_is_noticed() -> None:
    """Without the artefacts that must exist once, or once for each entry."""
    repo = _repo()
    owed = [type_ for type_ in repo.types.values() if type_.required and type_.required.how != "some"]
    gone = {artefact.path for type_ in owed for artefact in repo.by_type.get(type_.name, ())}
    bare = load(MemorySource({path: raw for path, raw in _contents().items() if path not in gone}))
    rule = about_files()["missing-artefact"]
    told = [finding.message for finding in run(bare, [rule], _as_of()).findings]
    assert len(owed) > 40
    assert [type_.name for type_ in owed if not any(type_.title.lower() in message for message in told)] == []
