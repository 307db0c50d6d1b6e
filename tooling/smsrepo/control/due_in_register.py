"""What falls due for documents and records under control."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.control.acknowledgement import acknowledgements
from smsrepo.control.approval import Missing
from smsrepo.control.duty import Due, Kind, holders
from smsrepo.control.lineage import Lineage, Revision, Version
from smsrepo.control.matrix import Needed
from smsrepo.control.register import Register, Standing
from smsrepo.control.retention import Beginning, held_by, holds_on, kept_until
from smsrepo.control.settings import CONTROL
from smsrepo.control.wording import lacking, rejections
from smsrepo.model.repo import Repo
from smsrepo.model.words import count

REVIEW = "Review of the document"


def due(register: Register, repo: Repo, on: date, horizon: date) -> Iterator[Due]:
    """All of it, in no order, some of it after the horizon. `repo` gives the whole headers of records."""
    for standing in register.documents(on):
        lineage = register.lineages[standing.id]
        yield from _reviews(standing, register, on)
        yield from _approvals(standing, register, on)
        yield from _starts(lineage, register, on)
        yield from _acknowledgements(lineage, register, on)
    yield from _policy(register, on)
    yield from _disposals(register, repo, on, horizon)


def _reviews(standing: Standing, register: Register, on: date) -> Iterator[Due]:
    if standing.next_review and standing.in_force:
        yield _about(standing.in_force.version, standing.next_review, on, Kind.REVIEW, REVIEW, register)


def _approvals(standing: Standing, register: Register, on: date) -> Iterator[Due]:
    """An issued revision waits since the day it entered; it is late once the day has come from which it shall apply."""
    latest = standing.latest
    if latest is None or not latest.version.released or latest.approved:
        return
    version, missing, entered = latest.version, register.missing(standing.id), latest.entered.date()
    if standing.altered:
        text = (
            f"Revision {version.revision} was changed without a new revision: put it back, or issue a new one"
        )
        yield _about(version, entered, on, Kind.APPROVAL, text, register)
        return
    # Nobody can be late for a day that had passed when it came.
    day = max(version.effective_from or entered, entered)
    needed = register.replay.needed(register.lineages[standing.id], latest)
    said = lacking(missing, register.settings, on, latest)
    if missing.rejected_by:
        text = f"Revision {version.revision} must be mended: {'; '.join(rejections(latest.acts)) or said}"
        yield _about(version, day, on, Kind.APPROVAL, text, register)
        return
    persons = _approvers(missing, needed, latest.authors, {a.person for a in latest.verdicts()}, register, on)
    text = f"Approval of revision {version.revision}: {said}"
    role = (missing.roles or needed.approvers or ("",))[0]
    yield Due(day, day < on, Kind.APPROVAL, version.id, _title(version), text, role, persons)


def _policy(register: Register, on: date) -> Iterator[Due]:
    settings, needed = register.settings, register.settings.policy_row or Needed((), 1, "signed")
    for path, change in sorted(register.replay.policies.waiting.items()):
        missing, day = register.replay.policies.missing(change), change.entered.date()
        persons = _approvers(missing, needed, change.authors, {a.person for a in change.acts}, register, on)
        text, role = (
            f"Approval of the change: {lacking(missing, settings, on, change)}",
            (*missing.roles, "")[0],
        )
        yield Due(day, day < on, Kind.APPROVAL, path, path, text, role, persons)


def _approvers(
    missing: Missing, needed: Needed, authors: frozenset[str], heard: set[str], register: Register, on: date
) -> tuple[str, ...]:
    """Who can give what is missing: holders of these roles who did not write it and have not spoken yet."""
    able = holders(missing.roles or needed.approvers, register.settings, on)
    return tuple(person for person in able if person not in authors and person not in heard)


def _starts(lineage: Lineage, register: Register, on: date) -> Iterator[Due]:
    """Approved revisions whose day comes."""
    for revision in lineage.revisions:
        start, version = revision.start, revision.version
        if start and start > on and version.released and revision.approved_on(on):
            what = (
                "Withdrawal takes effect"
                if version.status == "obsolete"
                else f"Revision {version.revision} applies"
            )
            yield _about(version, start, on, Kind.START, what, register)


def _acknowledgements(lineage: Lineage, register: Register, on: date) -> Iterator[Due]:
    """One for each day on which somebody's time runs out."""
    found = acknowledgements(register, lineage, on)
    owed: dict[date, list[str]] = {}
    for one in found.owed if found else ():
        if one.due:
            owed.setdefault(one.due, []).append(one.person)
    for day, persons in owed.items():
        version = lineage.in_force(on).version  # type: ignore[union-attr] # else nobody would owe anything
        text = f"Confirmation that revision {version.revision} was read"
        about = _about(version, day, on, Kind.ACKNOWLEDGEMENT, text, register)
        yield about._replace(persons=tuple(persons))


def _disposals(register: Register, repo: Repo, on: date, horizon: date) -> Iterator[Due]:
    """Records whose time is over, together by class and year; those under a legal hold stay out."""

    def header(version: Version) -> Mapping[str, Any]:
        known = repo.find(version.id)
        return known.data if known else {}

    beginning, holds = Beginning(register.replay.genesis.commit, header), holds_on(register.lineages, on)
    ends: dict[tuple[str, int], list[date]] = {}
    for lineage in register.lineages.values():
        record = _record(lineage, on)
        until = kept_until(lineage, register.settings, beginning) if record else None
        kept = register.settings.retention(record.version.type.name) if record else None
        if record and until and kept and until <= horizon and not held_by(record.version, holds):
            ends.setdefault((kept.class_, until.year), []).append(until)
    roles = {kept.class_: kept.disposal_approvers for kept in register.settings.retention_classes}
    for (class_, year), days in ends.items():
        text = f"End of the retention of {count(len(days), 'record')} of class {class_} ({year})"
        persons = holders(roles[class_], register.settings, on)
        yield Due(min(days), min(days) < on, Kind.DISPOSAL, CONTROL, class_, text, roles[class_][0], persons)


def _record(lineage: Lineage, on: date) -> Revision | None:
    revision = lineage.latest(on)
    return revision if revision and revision.version.type.is_record else None


def _about(version: Version, day: date, on: date, kind: Kind, text: str, register: Register) -> Due:
    owner = str(version.fields.get("owner", ""))
    persons = holders([owner], register.settings, on)
    return Due(day, day < on, kind, version.id, _title(version), text, owner, persons)


def _title(version: Version) -> str:
    return str(version.fields.get("title", ""))
