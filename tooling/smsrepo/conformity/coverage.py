"""How far each requirement is met: computed from what is there, never ticked.

The tool can say that evidence is present and consistent; whether it is adequate an auditor says.
Approvals are not evaluated: what its owner has issued counts as in force from its effective date.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smsrepo.conformity.claims import Claim, claim_of, claims
from smsrepo.conformity.ledger import Ledger, Requirement, read
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Finding, Severity
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
    State.DOCUMENTED: "the text is in force; the records that prove it are not there yet",
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


GENERATED = frozenset({"DRG"})
"""Evidence that smsrepo computes whenever it is asked for: the register of documents."""


def coverage(repo: Repo, findings: Iterable[Finding], as_of: date) -> tuple[Covered, ...]:
    """The coverage of every row of the ledger, in the order of the standard."""
    ledger = read(repo)
    evidence = _Evidence(repo, ledger, as_of)
    by_requirement = claims(repo, as_of)
    errors = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            for id_ in finding.requirements:
                errors[id_].append(finding)
    return tuple(
        _cover(row, by_requirement.get(row.id, []), errors.get(row.id, []), evidence) for row in ledger.rows
    )


def worst_first(rows: Iterable[Covered]) -> list[Covered]:
    """Gaps first; within a state in the order of the standard."""
    order = list(State)
    return sorted(rows, key=lambda row: order.index(row.state))


class _Evidence:
    """Which kinds of evidence, by code, exist."""

    def __init__(self, repo: Repo, ledger: Ledger, as_of: date) -> None:
        self._kinds = ledger.kinds
        self._types = {type_.code: type_ for type_ in repo.types.values()}
        self._by_code: dict[str, tuple[Artefact, ...]] = {}
        for type_ in repo.types.values():
            self._by_code[type_.code] = claim_of(repo, type_, None, as_of).serving
        read = [s for s in repo.setting_types if s.file in repo.settings and repo.settings[s.file].fits]
        self._settings = {code for setting in read for code in setting.codes}
        self._records = any(artefact.type.is_record for artefact in repo.artefacts)
        self._documents = any(not artefact.type.is_record for artefact in repo.artefacts)

    def artefacts(self, code: str) -> tuple[Artefact, ...]:
        return self._by_code.get(code, ())

    def present(self, code: str) -> bool:
        if code == "REC-BASE":
            return self._records
        if code == "DOC-BASE":
            return self._documents
        return code in GENERATED or code in self._settings or bool(self.artefacts(code))

    def missing(self, code: str) -> str:
        kind = self._kinds.get(code, "")
        name = f"no {kind[0].lower() + kind[1:]}" if kind else f"no {code}"
        return name if code in self._types else f"{name} ({code}: no such type yet)"

    def command(self, code: str) -> str:
        return f"sms new {self._types[code].name}" if code in self._types else ""


def _cover(row: Requirement, found: list[Claim], errors: list[Finding], evidence: _Evidence) -> Covered:
    texts = [claim for claim in found if not claim.type.is_record]
    records = [claim for claim in found if claim.type.is_record]
    served = any(claim.serving for claim in found)
    drafted = any(claim.drafted for claim in found)
    missing = [_unserved(claim) for claim in texts if not claim.serving]
    missing += [f"{finding.path}: {finding.message}" for finding in errors]
    missing_documents = [code for code in row.documents if not evidence.present(code)]
    missing_records = [code for code in row.records if not evidence.present(code)]
    if not found or not (served or drafted):
        state = State.GAP
    elif missing or missing_documents:
        state = State.PARTIAL
    elif missing_records or any(not claim.serving for claim in records):
        state = State.DOCUMENTED
    else:
        state = State.JUDGEMENT if row.judgement else State.MET
    missing += [evidence.missing(code) for code in missing_documents + missing_records]
    artefacts = {a.id: a for code in (*row.documents, *row.records) for a in evidence.artefacts(code)}
    return Covered(
        row, state, tuple(found), tuple(artefacts.values()), tuple(dict.fromkeys(missing)),
        _next(found, errors, missing_documents + missing_records, evidence),
    )  # fmt: skip


def _unserved(claim: Claim) -> str:
    if claim.drafted:
        return f"{claim.name}: {', '.join(a.id for a in claim.drafted[:3])} not issued or without text there"
    return f"{claim.name}: does not exist"


def _next(found: list[Claim], errors: list[Finding], codes: list[str], evidence: _Evidence) -> str:
    if errors:
        return f"sms check {errors[0].path}"
    for claim in found:
        if not claim.serving:
            return f"sms todo {claim.drafted[0].id}" if claim.drafted else f"sms new {claim.type.name}"
    return next((command for code in codes if (command := evidence.command(code))), "")
