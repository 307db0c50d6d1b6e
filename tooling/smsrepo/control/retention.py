"""How long records are kept: until when, what holds them longer, and what remains of those disposed of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from smsrepo.control.lineage import Lineage, Revision, Version
from smsrepo.control.matrix import Retention
from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.load import text, yaml_dialect
from smsrepo.load.refusal import Refused
from smsrepo.model.day import day_in
from smsrepo.model.walk import values_at

LEGAL_HOLD = "legal-hold"
"""The type of record that stops disposal: it names `records`, or `types` of which every record must stay."""


class Beginning(NamedTuple):
    """How control began: the commit of the genesis, and what gives the whole header of a record of that day."""

    commit: str
    header: Callable[[Version], Mapping[str, Any]]


class Tombstone(NamedTuple):
    """What a disposal record keeps of a record: id, type and digest, and the day its retention ended as typed."""

    disposal: str
    record: str
    type: str
    digest: str
    due: date | None


def beginning_of(replay: Replay) -> Beginning:
    """The beginning of a replay; headers are read from the history, and empty where one cannot be read."""

    def header(version: Version) -> Mapping[str, Any]:
        try:
            data = yaml_dialect.parse(text.decode(replay.history.contents[version.blob]))
        except Refused:
            return {}
        return data if isinstance(data, dict) else {}

    return Beginning(replay.genesis.commit, header)


def kept_until(lineage: Lineage, settings: Settings, beginning: Beginning | None = None) -> date | None:
    """The last day on which a record must be there; None while that cannot be told (clause 4.3.3).

    It cannot be told for a type in no class of the schedule, and for a record that is still open where its class
    counts from closing. "recorded" counts from recorded_on, the latest that the record ever had, but not before the
    record entered the main branch; "closed" from closed_on(). A record that changed its type stays as long as any of
    its types asks.
    """
    types = [r.version.type for r in lineage.revisions if r.version.type.is_record]
    if not types or settings.retention(types[-1].name) is None:
        return None
    classes = dict.fromkeys(kept for t in types if (kept := settings.retention(t.name)))
    ends = [_end(kept, lineage, beginning) for kept in classes]
    known = [end for end in ends if end]
    return max(known) if len(known) == len(ends) else None


def closed_on(lineage: Lineage, beginning: Beginning | None = None) -> date | None:
    """The day from which a record has been closed without a break; None while it is open.

    That is the day it entered the main branch closed: nobody can date it back. A record that control took over closed
    counts from the last day (up to then) that its own header names, so never too early; from the day control
    began where `beginning` is not given or the header names none.
    """
    stood = [(moment.date(), revision) for moment, revision in lineage.presence if revision]
    at = len(stood)
    while at and stood[at - 1][1].version.closed:
        at -= 1
    if at == len(stood):
        return None
    day, first = stood[at]
    if beginning is None or at or first.commit != beginning.commit:
        return day
    named = [named for named in days_named(beginning.header(first.version)) if named <= day]
    return max(named, default=day)


def holds_on(lineages: Mapping[str, Lineage], on: date) -> list[Version]:
    """The legal holds that are open at the end of a day."""
    latest = (lineage.latest(on) for lineage in lineages.values())
    return [hold.version for hold in latest if hold and is_open_hold(hold.version)]


def is_open_hold(version: Version) -> bool:
    """Whether a version is a legal hold that has not been lifted."""
    return version.type.name == LEGAL_HOLD and not version.closed


def held_by(record: Version, holds: Iterable[Version]) -> Version | None:
    """The first of some legal holds that covers a record, by its id or its type."""
    return next(
        (h for h in holds if record.id in _names(h, "records") or record.type.name in _names(h, "types")),
        None,
    )


def tombstones(version: Version) -> Iterator[Tombstone]:
    """What a record keeps of those that were disposed of; nothing for a type whose schema has no x-disposes."""
    for pattern in version.type.annotations.disposes:
        for _, entry in values_at(version.fields, pattern[:-1]):
            if isinstance(entry, dict):
                record, type_, digest = (str(entry.get(name, "")) for name in (pattern[-1], "type", "digest"))
                yield Tombstone(version.id, record, type_, digest, day_in(entry.get("due")))


def disposal_lacks(revision: Revision, kept: Retention) -> tuple[str, ...]:
    """The roles of which no holder has approved yet that exactly these bytes are disposed of."""
    given = {act.statement.role for act in revision.acts if act.action == "dispose"}
    return tuple(role for role in kept.disposal_approvers if role not in given)


def days_named(data: object) -> Iterator[date]:
    """Every day that some data names."""
    if isinstance(data, Mapping):
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from days_named(value)
    elif day := day_in(data):
        yield day


def _end(kept: Retention, lineage: Lineage, beginning: Beginning | None) -> date | None:
    if kept.trigger == "closed":
        start = closed_on(lineage, beginning)
    else:
        days = (day_in(revision.version.fields.get("recorded_on")) for revision in lineage.revisions)
        start = max((day for day in days if day), default=None)
        if start and (beginning is None or lineage.revisions[0].commit != beginning.commit):
            start = max(start, lineage.revisions[0].entered.date())
    return kept.period.after(start) if start else None


def _names(version: Version, field: str) -> list[Any]:
    value = version.fields.get(field)
    return value if isinstance(value, list) else []
