"""What is planned at intervals: when it happened last, and by when it is due."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Every
from smsrepo.model.duration import Duration
from smsrepo.model.repo import Repo


class Planned(NamedTuple):
    """Records of `type` are due at an interval, for `entry` or (None) for the SMS as a whole.

    `held` are the days of those there are with their records, in order. The clock runs from `begin` to the first.
    """

    type: ArtefactType
    entry: Artefact | None
    interval: Duration
    held: tuple[tuple[date, Artefact], ...]
    begin: date

    @property
    def last(self) -> date | None:
        """The day of the latest one; None while there is none."""
        return self.held[-1][0] if self.held else None

    @property
    def due(self) -> date:
        """The last day on which the next one is in time."""
        return self.interval.after(self.last or self.begin)


def planned(repo: Repo, settings: Settings, type_: ArtefactType, as_of: date) -> Iterator[Planned]:
    """What a type has to show, one for each active entry it is about; nothing without a planned interval."""
    every = type_.every
    interval = settings.interval(every.interval) if every else None
    if every is None or interval is None:
        return
    held = _held(repo, type_, every, as_of)
    entries = [entry for entry in repo.by_type.get(every.per, ()) if entry.active] if every.per else [None]
    for entry in entries:
        begin = (entry.date("effective_from") if entry else None) or settings.operating_since
        days = held.get(entry.id if entry else "", [])
        if days or begin:
            yield Planned(type_, entry, interval, tuple(days), begin or date.min)


def _held(
    repo: Repo, type_: ArtefactType, every: Every, as_of: date
) -> dict[str, list[tuple[date, Artefact]]]:
    """What was held up to a day, by the id of the entry it was about ("" for the SMS as a whole)."""
    held: dict[str, list[tuple[date, Artefact]]] = {}
    for record in repo.by_type.get(type_.name, ()):
        day = record.date(every.date)
        if day and day <= as_of:
            for id_ in record.ids(every.by) if every.per else ("",):
                held.setdefault(id_, []).append((day, record))
    for days in held.values():
        days.sort(key=lambda one: one[0])
    return held
