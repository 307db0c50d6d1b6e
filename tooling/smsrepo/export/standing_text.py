"""Where documents and records stand, for people at a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import click

from smsrepo.control.concerns import missing_of
from smsrepo.control.lineage import Act, Lineage, Revision
from smsrepo.control.register import Register, Standing, State, state_of
from smsrepo.control.succession import approvals, period, seen_by, since
from smsrepo.control.wording import rejections
from smsrepo.export.columns import columns, visible


def document(register: Register, standing: Standing, on: date) -> str:
    """Everything about one document."""
    lineage, in_force, latest = register.lineages[standing.id], standing.in_force, standing.latest
    version, fields = standing.revision.version, standing.revision.version.fields
    facts = [
        ("type", f"{version.type.title} ({version.type.name})"),
        ("path", (lineage.current or version).path),
    ]
    facts += [("state", standing.state), ("owner", str(fields.get("owner", "")))]
    if in_force:
        facts.append(("in force", f"{in_force.version.revision} since {since(lineage, in_force, on)}"))
        facts += [("approved by", said) for said in _approved(in_force, on)]
    if latest is None:
        facts.append(("deleted", f"on {lineage.gone.date() if lineage.gone else on}"))
    elif latest is not in_force:
        facts += _newest(register, lineage, latest, on)
    if standing.suspect:
        facts.append(("in doubt", standing.suspect))
    if standing.next_review:
        facts.append(
            ("next review", f"{standing.next_review}{', overdue' if standing.next_review < on else ''}")
        )
    facts += [
        ("reviewed", f"revision {act.subject.revision}, {_act(act)}")
        for act in lineage.reviews
        if act.entered.date() <= on
    ]
    return "\n".join([*_head(version.id, fields.get("title"), facts), "", *_revisions(lineage, on)]) + "\n"


def record(lineage: Lineage, on: date) -> str:
    """Everything about one record: it has versions, not revisions, and is corrected once it is closed."""
    versions = seen_by(lineage, on)
    newest = versions[-1].version
    heads = ("Status", "Entered", "Written by")
    rows = [
        [one.version.status, str(one.entered.date()), ", ".join(sorted(one.authors)) or "taken over"]
        for one in versions
    ]
    facts = _facts_of_record(lineage, versions, on)
    return "\n".join([*_head(newest.id, newest.fields.get("title"), facts), "", *columns(heads, rows)]) + "\n"


def _facts_of_record(lineage: Lineage, versions: Sequence[Revision], on: date) -> Iterator[tuple[str, str]]:
    newest = versions[-1].version
    yield "type", f"{newest.type.title} ({newest.type.name})"
    yield "path", (lineage.current or newest).path
    yield "status", newest.status
    for name in ("recorded_on", "recorded_by"):
        yield name.replace("_", " "), str(newest.fields.get(name, ""))
    closed = next((revision for revision in versions if revision.version.closed), None)
    yield "closed", f"on {closed.entered.date()}" if closed else "no"
    corrections = newest.fields.get("corrections")
    yield "corrections", str(len(corrections)) if isinstance(corrections, list) else "none"
    if lineage.gone and lineage.gone.date() <= on:
        yield "deleted", f"on {lineage.gone.date()}"


def _head(id_: str, title: object, facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield click.style(visible(f"{id_} {title or ''}".strip()), bold=True)
    previous = ""
    for name, said in facts:
        yield f"  {'' if name == previous else name:12} {visible(said)}"
        previous = name


def _newest(register: Register, lineage: Lineage, latest: Revision, on: date) -> Iterator[tuple[str, str]]:
    state = state_of(lineage, latest, on)
    yield "newest", f"{latest.version.revision}, {state}"
    if state is State.IN_REVIEW:
        yield "missing", missing_of(register, lineage, latest, on)
        for act in approvals(latest, on):
            yield "has approved", _act(act)
        for said in rejections([act for act in latest.acts if act.entered.date() <= on]):
            yield "decided", said


def _approved(revision: Revision, on: date) -> list[str]:
    acts = [_act(act) for act in approvals(revision, on)]
    if revision.adopted and revision.approved:
        return [f"taken over on {revision.approved.date()}, when document control began", *acts]
    return acts


def _act(act: Act) -> str:
    said = act.statement
    role = f" as {said.role}" if said.role else ""
    return f"{said.name}{role}, entered {act.entered.date()}, {said.assurance}"


def _revisions(lineage: Lineage, on: date) -> list[str]:
    heads = ("Revision", "State", "Entered", "Effective", "Approved by", "What changed")
    known = seen_by(lineage, on)
    rows = [
        [
            revision.version.revision, state_of(lineage, revision, on), str(revision.entered.date()),
            _span(lineage, revision, on), _names(revision, on),
            str(revision.version.fields.get("summary_of_change", "")),
        ]
        for number, revision in enumerate(known)
        if revision.version.released or not _followed(revision, known[number + 1 :])
    ]  # fmt: skip
    return columns(heads, rows)


def _followed(draft: Revision, later: Iterable[Revision]) -> bool:
    """Whether a draft went on under the same number: then what it became stands for it."""
    return any(revision.version.revision == draft.version.revision for revision in later)


def _names(revision: Revision, on: date) -> str:
    if revision.unproven_on(on):
        return "taken over"
    return ", ".join(dict.fromkeys(act.statement.name for act in approvals(revision, on)))


def _span(lineage: Lineage, revision: Revision, on: date) -> str:
    applied = period(lineage, revision, on)
    if applied is None:
        return ""
    start = since(lineage, revision, on)
    return f"{start} to {applied.end}" if applied.end else f"from {start}"
