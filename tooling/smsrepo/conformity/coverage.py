"""How far each requirement is met: computed from what is there, never ticked.

The tool can say that evidence is present and consistent; whether it is adequate an auditor says.
Once document control has begun, only documents whose approval the history proves count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from smsrepo.check.engine import Report
from smsrepo.conformity.claims import Claim, claim_of, claims
from smsrepo.conformity.ledger import Ledger, Requirement, read
from smsrepo.control.lifecycle import in_force, state
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import rank
from smsrepo.model.proven import Proven
from smsrepo.model.repo import Repo


class State(StrEnum):
    """Worst first."""

    GAP = "gap"
    PARTIAL = "partial"
    DOCUMENTED = "documented"
    JUDGEMENT = "by judgement"
    MET = "met"


MEANING: Mapping[State, str] = {
    State.GAP: "nothing in force or in draft serves the requirement",
    State.PARTIAL: "a part is missing, still a draft, or contradicted by a finding",
    State.DOCUMENTED: "what serves it is there; other evidence that it needs is not there yet",
    State.JUDGEMENT: "the text is in force; whether it is met only a person can judge",
    State.MET: "text in force, evidence present, rules silent",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A requirement with its state: by what it is served, what is missing, what to do next."""

    requirement: Requirement
    state: State
    claims: tuple[Claim, ...]
    evidence: tuple[Artefact, ...]
    missing: tuple[str, ...]
    next_command: str


class Doubt(NamedTuple):
    """Why a row is not met although something serves it, and the command that tells more."""

    message: str
    command: str


_PROVEN: Mapping[str, tuple[str, Callable[[Proven], bool], str]] = {
    "APV": ("the approval", lambda proven: bool(proven.approvals), "status"),
    "DRV": ("a recorded review", lambda proven: bool(proven.reviews), "review"),
}
"""Evidence that the history holds, by code: approvals and reviews of the documents that serve a row. Its name, how it
is seen, and the command for documents that lack it."""
_OF_PRACTICE = {
    "REC-BASE": "no record yet",
    "DOC-BASE": "no controlled document yet",
    "SCH": "no approved change with a date yet",
}
"""What to say where evidence of a kind is missing that no single type makes."""
_NAMED = 5
GENERATED = frozenset({"DRG", *_PROVEN})
"""Evidence that no file of its own holds: smsrepo computes it whenever it is asked for."""


def coverage(repo: Repo, report: Report, as_of: date) -> tuple[Covered, ...]:
    """The coverage of every row of the ledger, in the order of the standard.

    Waived findings still count against a row, warnings too, and so do rules that wait: what nobody judged is not met.
    """
    ledger = read(repo)
    evidence = _Evidence(repo, ledger, as_of)
    by_requirement = claims(repo, as_of)
    doubts: dict[str, list[Doubt]] = defaultdict(list)
    for finding in (*report.findings, *report.waived):
        for id_ in finding.requirements:
            doubts[id_].append(Doubt(f"{finding.path}: {finding.message}", f"sms check {finding.path}"))
    for rule in report.waiting:
        for id_ in rule.requirements:
            doubts[id_].append(
                Doubt(f"not judged: the rule {rule.id} waits for files to be mended", "sms check")
            )
    return tuple(
        _cover(row, by_requirement.get(row.id, []), doubts.get(row.id, []), evidence) for row in ledger.rows
    )


def as_bad_as(state: State, limit: State) -> bool:
    """Whether a state is the limit or worse."""
    order = list(State)
    return order.index(state) <= order.index(limit)


def worst_first(rows: Iterable[Covered]) -> list[Covered]:
    """Gaps first; within a state in the order of the standard."""
    order = list(State)
    return sorted(rows, key=lambda row: order.index(row.state))


class _Evidence:
    """Which kinds of evidence, by code, exist."""

    def __init__(self, repo: Repo, ledger: Ledger, as_of: date) -> None:
        self.as_of = as_of
        self._kinds = ledger.kinds
        self._by_code: dict[str, dict[str, Claim]] = defaultdict(dict)
        kinds = [(type_, kind) for type_ in repo.types.values() for kind in type_.kinds]
        kinds.sort(key=lambda of: of[1].code != of[0].code)  # a type whose own code it is comes first
        for type_, kind in kinds:
            self._by_code[kind.code].setdefault(type_.name, claim_of(repo, type_, as_of, where=kind.where))
        read = [s for s in repo.setting_types if s.file in repo.settings and repo.settings[s.file].fits]
        self._settings = {code for setting in read for code in setting.codes}
        self._records = any(artefact.type.is_record for artefact in repo.artefacts)
        self._controlled = [artefact for artefact in repo.artefacts if not artefact.type.is_record]

    def artefacts(self, code: str, found: list[Claim]) -> tuple[Artefact, ...]:
        """The evidence of a kind; where claims narrow the kind to what is about the row, only that."""
        ways = self._by_code.get(code, {})
        narrowed = {c.type.name for c in found if c.where and c.type.name in ways}
        if not narrowed:
            return tuple(a for way in ways.values() for a in way.serving)
        about = [c for c in found if c.type.name in ways and (c.where or c.type.name not in narrowed)]
        fitting = {name: frozenset(ways[name].serving) for name in {c.type.name for c in about}}
        return tuple(a for c in about for a in c.serving if a in fitting[c.type.name])

    def present(self, code: str, found: list[Claim]) -> bool:
        if code == "REC-BASE":
            return self._records
        if code == "DOC-BASE":
            return bool(self._controlled)
        if code in _PROVEN:
            return self._proven(code, found)
        return code in GENERATED or code in self._settings or bool(self.artefacts(code, found))

    def _proven(self, code: str, found: list[Claim]) -> bool:
        """Whether the history shows it for every document that serves the row; any document where none does."""
        serving = [a for claim in found for a in claim.serving if not a.type.is_record]
        shown = [a.proven is not None and _PROVEN[code][1](a.proven) for a in serving or self._controlled]
        return bool(shown) and (all(shown) if serving else any(shown))

    def _prove(self, code: str, found: list[Claim]) -> str:
        if not any(a.proven for a in self._controlled):
            return "sms begin"
        serving = {a.id: a for claim in found for a in claim.serving if a.proven is not None}
        lacking = [id_ for id_, a in serving.items() if a.proven and not _PROVEN[code][1](a.proven)]
        return f"sms {_PROVEN[code][2]} {' '.join(lacking[:_NAMED])}" if lacking else ""

    def missing(self, code: str) -> str:
        if code in _PROVEN:
            return f"the history does not show {_PROVEN[code][0]} of every document that serves it"
        if code in _OF_PRACTICE:
            return _OF_PRACTICE[code]
        kind = self._kinds.get(code, "")
        name = f"no {kind[0].lower() + kind[1:]}" if kind else f"no {code}"
        return name if code in self._by_code else f"{name} ({code}: no such type yet)"

    def command(self, code: str, found: list[Claim]) -> str:
        """The command that makes the first piece of evidence of this kind, or shows what keeps it away."""
        if code in _PROVEN:
            return self._prove(code, found)
        return next((way.new_command for way in self._by_code.get(code, {}).values()), "")


def _cover(row: Requirement, found: list[Claim], doubts: list[Doubt], evidence: _Evidence) -> Covered:
    texts = [claim for claim in found if not claim.type.is_record]
    records = [claim for claim in found if claim.type.is_record]
    missing = [_unserved(claim, evidence.as_of) for claim in texts if not claim.serving]
    missing += [doubt.message for doubt in doubts]
    codes = [code for code in row.documents if not evidence.present(code, found)]
    record_codes = [code for code in row.records if not evidence.present(code, found)]
    if not any(claim.serving or claim.drafted for claim in found):
        found_state = State.GAP
    elif missing or codes or not any(claim.serving for claim in found):
        found_state = State.PARTIAL
    elif record_codes or any(not claim.serving for claim in records):
        found_state = State.DOCUMENTED
    else:
        found_state = State.JUDGEMENT if row.judgement else State.MET
    missing += [_unserved(claim, evidence.as_of) for claim in records if not claim.serving]
    told = {kind.code for claim in found if not claim.serving for kind in claim.type.kinds if not kind.where}
    missing += [evidence.missing(code) for code in codes + record_codes if code not in told]
    named = {a.id: a for code in (*row.documents, *row.records) for a in evidence.artefacts(code, found)}
    if not found and not missing:
        missing.append("no type of document or record says that it serves this")
    next_command = _next(found, doubts, codes + record_codes, evidence)
    return Covered(
        row, found_state, tuple(found), tuple(named.values()), tuple(dict.fromkeys(missing)), next_command
    )


def _unserved(claim: Claim, as_of: date) -> str:
    if claim.drafted:
        reasons = (f"{artefact.id} {_why_not(artefact, as_of)}" for artefact in claim.drafted[:3])
        return f"{claim.name}: {', '.join(reasons)}"
    return f"{claim.name}: none about this yet" if claim.where else f"{claim.name}: does not exist"


def _why_not(artefact: Artefact, as_of: date) -> str:
    if not artefact.fits:
        return "does not fit its schema"
    if artefact.status == "draft":
        return "is a draft"
    if any(mark.open for mark in artefact.marks):
        return "has open decisions"
    return "has no text there" if in_force(artefact, as_of) else f"is {state(artefact, as_of)}"


def _next(found: list[Claim], doubts: list[Doubt], codes: list[str], evidence: _Evidence) -> str:
    if doubts:
        return doubts[0].command
    for claim in sorted(found, key=lambda claim: rank(claim.type)):
        if not claim.serving:
            draft = next((artefact for artefact in claim.drafted if artefact.status == "draft"), None)
            command = f"sms check {claim.drafted[0].path}" if claim.drafted else claim.new_command
            return f"sms todo {draft.id}" if draft else command
    return next((command for code in codes if (command := evidence.command(code, found))), "")
