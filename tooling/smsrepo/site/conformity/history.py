"""What the history proves, as sms verify says it: the verdict, then what was found, alike together."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from smsrepo.check.verify import Proof
from smsrepo.control.settings import DEVIATIONS
from smsrepo.model.finding import Finding, Severity
from smsrepo.model.words import count
from smsrepo.site.conformity.rule_pages import severity_badge
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, code, plain, rest, small, table

_ALIKE, _NAMED = 5, 30
_HEADING = "## What the history proves {#history}"
_STAYS = (
    "A step cannot be undone: what was found in one is settled by a nonconformity, "
    f"named in an approved {code(DEVIATIONS)}."
)


def history_section(publication: Publication, page: str) -> str:
    """The section for the page of findings."""
    proof = publication.proof
    if proof is None:
        return blocks(
            _HEADING,
            "Document control has not begun, so the history proves nothing yet. "
            f"{code('sms begin')} starts it, once what is there may be taken over.",
        )
    rows = list(_rows(publication, page, proof.findings))
    return blocks(
        _HEADING,
        _verdict(publication, proof),
        table(["Where", "Severity", "What is wrong, and what to do", "Rule"], rows) if rows else "",
        _STAYS if any(found.commit and found.severity is Severity.ERROR for found in proof.findings) else "",
        _settled(publication, page, proof),
    )


def _verdict(publication: Publication, proof: Proof) -> str:
    if publication.another_day:
        return (
            f"What was wrong in the steps of the main branch up to {proof.on}: {_found(proof)}. Where everything stood "
            f"on that day is not judged here: run {code(f'sms verify --as-of {proof.on}')}."
        )
    replay = proof.register.replay
    notes = f", and makes {count(len(proof.notes), 'note')} on approvals that count" if proof.notes else ""
    return blocks(
        f"{badge(proof.verdict, 'good' if proof.proven else 'bad')} {_found(proof)}, as of {proof.on}.",
        f"Judged: {count(proof.steps, 'step')} of the main branch since {replay.genesis.day}, up to commit "
        f"{code(replay.head[:12])}. What is not committed is not judged. Anybody can repeat it in a clone, offline: "
        f"{code('sms verify')} also says what git alone cannot prove{notes}.",
    )


def _found(proof: Proof) -> str:
    return f"{count(proof.errors, 'error')} and {count(len(proof.findings) - proof.errors, 'warning')}"


def _rows(publication: Publication, page: str, findings: Iterable[Finding]) -> Iterator[list[str]]:
    """Errors first; many of one rule take one row."""
    ordered = sorted(findings, key=lambda one: (one.severity, one.rule))
    for _, some in groupby(ordered, key=lambda one: (one.severity, one.rule)):
        alike = list(some)
        for together in [alike] if len(alike) > _ALIKE else [[one] for one in alike]:
            yield _row(publication, page, together)


def _row(publication: Publication, page: str, findings: Sequence[Finding]) -> list[str]:
    first, others = findings[0], len(findings) - 1
    where = ", ".join(dict.fromkeys(_where(publication, page, one) for one in findings[:_NAMED]))
    told = plain(first.message) + (f"<br>{plain(first.hint)}" if first.hint else "")
    alike = f"<br>{small(f'The first of {len(findings):,} of this kind.')}" if others else ""
    return [
        f"{where} {rest(len(findings), _NAMED)}".rstrip(),
        severity_badge(first.severity),
        told + alike,
        publication.rule(page, first.rule),
    ]


def _where(publication: Publication, page: str, finding: Finding) -> str:
    """The page of what stands there now, or the path; and the step, where it was found in one."""
    artefact = publication.repo.by_path.get(finding.path)
    name = (
        publication.artefact(page, artefact, plain(artefact.id or finding.path))
        if artefact
        else code(finding.path)
    )
    return f"{name} {small(f'commit {code(finding.commit[:10])}')}" if finding.commit else name


def _settled(publication: Publication, page: str, proof: Proof) -> str:
    rows = [
        [
            _where(publication, page, finding),
            plain(finding.message),
            publication.rule(page, finding.rule),
            publication.reference(page, nonconformity),
        ]
        for finding, nonconformity in proof.settled
    ]
    if not rows:
        return ""
    return blocks(
        f"Settled by a nonconformity ({code(DEVIATIONS)}): true for ever, but no longer open.",
        table(["Where", "What was wrong", "Rule", "Dealt with in"], rows),
    )
