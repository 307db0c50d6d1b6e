"""How far a requirement is met: every state, and what would bring it further."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.memory import ROOT, MemorySource, schemas, small_settings

from smsrepo.check.engine import Report
from smsrepo.conformity.coverage import State, coverage, worst_first
from smsrepo.conformity.ledger import read
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.finding import Finding, Severity
from smsrepo.rules.rule import Rule

NOTE = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Note", "description": "A note for these tests only.",
  "x-sms": {"code": "NOT", "kind": "document", "plural": "Notes", "prefix": "NOT", "folder": "policies",
            "sections": [{"id": "aim", "title": "Aim", "help": "Say here what it is for.", "requirements": ["4.1.1-zz"], "min_words": 3}]},
  "allOf": [{"$ref": "../common/control-header.schema.json"}],
  "properties": {"type": {"const": "note"}}, "unevaluatedProperties": false
}"""
TALK = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Talk", "description": "A record for these tests only.",
  "x-sms": {"code": "TLK", "kind": "record", "plural": "Talks", "prefix": "TLK", "folder": "sms/records/talks",
            "also": [{"code": "ZPA", "where": {"status": {"values": ["closed"]}}}, {"code": "ZMT"}]},
  "allOf": [{"$ref": "../common/record-header.schema.json"}],
  "properties": {"type": {"const": "talk"}}, "unevaluatedProperties": false
}"""
LEDGER = """standard: ISO/IEC 20000-1
edition: "2011"
rows:
- {id: 4.1.1-zz, clause: "4.1.1", item: zz, text: An aim is written, kind: content, ROW, source: standard}
kinds: {NOT: Note, TLK: Talk, ZCO: Communication record, ROL: Role, ZPA: Performance review, ZMT: Minutes}
"""
DOCUMENT = """---
id: NOT-001
type: note
title: Aim of it all
revision: "1.0"
status: issued
effective_from: "2026-01-01"
owner: sms-manager
summary_of_change: New.
---
# Aim of it all

## Aim

To serve the customers.
"""
RECORD = """id: TLK-2026-0001
type: talk
title: A talk
status: closed
recorded_on: "2026-02-02"
recorded_by: anna-nowak
"""
ERROR = Finding(
    "some-rule", Severity.ERROR, "policies/NOT-001-aim.md", 1, 1, "", "It is wrong", "", ("4.1.1-zz",)
)


def cover(
    row: str,
    *,
    document: str | None = DOCUMENT,
    record: str | None = None,
    findings: tuple[Finding, ...] = (),
    waived: tuple[Finding, ...] = (),
    waiting: tuple[Rule, ...] = (),
    more: Mapping[str, str] | None = None,
) -> Any:
    files: Mapping[str, Any] = {
        **schemas(), **small_settings(), "schemas/documents/note.schema.json": NOTE, "schemas/records/talk.schema.json": TALK,
        "sms/requirements/x.yml": LEDGER.replace("ROW", row),
        **({"policies/NOT-001-aim.md": document} if document else {}),
        **({"sms/records/talks/TLK-2026-0001-a.yml": record} if record else {}),
        **(more or {}),
    }  # fmt: skip
    repo = load(MemorySource(files))
    assert not repo.flaws, repo.flaws
    (row_,) = coverage(repo, Report(findings, waived, waiting), date(2026, 11, 20))
    return row_


MINUTES = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Meeting", "description": "Minutes for these tests only.",
  "x-sms": {"code": "ZMT", "kind": "record", "plural": "Meetings", "prefix": "ZMT", "folder": "sms/records/zz-minutes"},
  "allOf": [{"$ref": "../common/record-header.schema.json"}],
  "properties": {"type": {"const": "zz-minutes"}}, "unevaluatedProperties": false
}"""
MEETING = RECORD.replace("TLK", "ZMT").replace("type: talk", "type: zz-minutes")
WARNING = replace(ERROR, severity=Severity.WARNING)
WAITING = Rule("some-rule", Severity.ERROR, ("4.1.1-zz",), frozenset(), "It is so.", "x", lambda *_: ())

CASES = [
    ("documents: [NOT]", {}, State.MET, [], ""),
    ("documents: [NOT], records: [TLK]", {"record": RECORD}, State.MET, [], ""),
    ("documents: [NOT], records: [TLK]", {}, State.DOCUMENTED, ["no talk"], "sms new talk"),
    ("records: [ZCO]", {}, State.DOCUMENTED, ["no communication record (ZCO: no such type yet)"], ""),
    ("documents: [NOT, ROL, DRG, DOC-BASE]", {}, State.MET, [], ""),
    ("records: [REC-BASE]", {}, State.DOCUMENTED, ["no record yet"], ""),
    ("documents: [NOT, ZCO]", {}, State.PARTIAL, ["no communication record (ZCO: no such type yet)"], ""),
    ("documents: [NOT], judgement: true", {}, State.JUDGEMENT, [], ""),
    ("documents: [NOT]", {"findings": (ERROR,)}, State.PARTIAL, ["policies/NOT-001-aim.md: It is wrong"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT]", {"findings": (WARNING,)}, State.PARTIAL, ["policies/NOT-001-aim.md: It is wrong"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT], records: [TLK]", {"record": RECORD + "# decide: Who was there?\n"}, State.DOCUMENTED, ["no talk"], "sms new talk"),
    ("documents: [NOT], records: [TLK]", {"record": RECORD.replace("closed", "draft")}, State.DOCUMENTED, ["no talk"], "sms new talk"),
    ("documents: [NOT]", {"document": DOCUMENT + "<!-- decide: Which customers? -->\n"}, State.PARTIAL, ["Note, section Aim: NOT-001 has open decisions"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT]", {"waived": (ERROR,)}, State.PARTIAL, ["policies/NOT-001-aim.md: It is wrong"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT]", {"waiting": (WAITING,)}, State.PARTIAL, ["not judged: the rule some-rule waits for files to be mended"], "sms check"),
    ("documents: [NOT], records: [TLK]", {"record": RECORD.replace("2026-02-02", "2026-12-02")}, State.DOCUMENTED, ["no talk"], "sms new talk"),
    ("documents: [NOT]", {"document": None}, State.GAP, ["Note, section Aim: does not exist"], "sms new note"),
    ("documents: [NOT]", {"document": DOCUMENT.replace("issued", "draft")}, State.PARTIAL, ["Note, section Aim: NOT-001 is a draft"], "sms todo NOT-001"),
    ("documents: [NOT]", {"document": DOCUMENT.replace("2026-01-01", "2026-12-01")}, State.PARTIAL, ["Note, section Aim: NOT-001 is issued, from 2026-12-01"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT]", {"document": DOCUMENT.replace("To serve the customers.", "Aim.")}, State.PARTIAL, ["Note, section Aim: NOT-001 has no text there"], "sms check policies/NOT-001-aim.md"),
    ("documents: [NOT]", {"document": DOCUMENT.replace("issued", "obsolete")}, State.GAP, ["Note, section Aim: does not exist"], "sms new note"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "given", "state", "missing", "command"), CASES)
def test_state(row: str, given: dict[str, Any], state: State, missing: list[str], command: str) -> None:
    covered = cover(row, **given)
    assert (covered.state, list(covered.missing), covered.next_command) == (state, missing, command)


ALSO = [
    ("records: [ZPA]", {"record": RECORD}, ["TLK-2026-0001"], [], ""),
    ("records: [ZPA]", {"record": RECORD.replace("closed", "open")}, [], ["no performance review"], "sms new talk --set status=closed"),
    ("records: [ZMT]", {}, [], ["no minutes"], "sms new talk"),
    ("records: [ZMT]", {"record": RECORD}, ["TLK-2026-0001"], [], ""),
    ("records: [ZMT]", {"record": RECORD, "more": {"schemas/records/zz-minutes.schema.json": MINUTES, "sms/records/zz-minutes/ZMT-2026-0001-a.yml": MEETING}}, ["ZMT-2026-0001", "TLK-2026-0001"], [], ""),
    ("records: [ZMT]", {"more": {"schemas/records/zz-minutes.schema.json": MINUTES}}, [], ["no minutes"], "sms new zz-minutes"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "given", "evidence", "missing", "command"), ALSO)
def test_further_kinds(
    row: str, given: dict[str, Any], evidence: list[str], missing: list[str], command: str
) -> None:
    """A type may be evidence of further kinds; of several types of one kind all count."""
    covered = cover(row, **given)
    found = [artefact.id for artefact in covered.evidence]
    assert (found, list(covered.missing), covered.next_command) == (evidence, missing, command)


def test_worst_first(pristine_draft: Path) -> None:
    repo = load(WorktreeSource(pristine_draft))
    states = [row.state for row in worst_first(coverage(repo, Report(()), date(2026, 11, 20)))]
    assert len(states) == 599
    assert states == sorted(states, key=list(State).index)


def test_nothing_is_met_in_a_repository_of_drafts(pristine_draft: Path) -> None:
    rows = coverage(load(WorktreeSource(pristine_draft)), Report(()), date(2026, 11, 20))
    assert {row.state for row in rows} == {State.GAP, State.PARTIAL}


def test_every_claimed_row_exists() -> None:
    from smsrepo.conformity.claims import claims
    from smsrepo.conformity.ledger import read
    from smsrepo.pack.contents import pack_root

    repo = load(WorktreeSource(pack_root()))
    known = {row.id for row in read(repo).rows}
    every = {id_ for type_ in repo.types.values() if type_.every for id_ in type_.every.requirements}
    assert claims(repo, date(2026, 11, 20)).keys() | every <= known


def test_every_clause_of_the_ledger_says_what_it_is_about() -> None:
    ledger = read(load(WorktreeSource(ROOT)))
    wanted = {
        ".".join(steps[:n]) for row in ledger.rows for steps in [row.clause.split(".")] for n in range(1, 5)
    }
    assert set(ledger.clauses) == wanted
    assert ledger.clause("8.2") == "8.2 Problem management"
    assert ledger.clause("8.9") == "8.9"
