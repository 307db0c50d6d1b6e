"""How long an incident lasted in the hours that were agreed for its service."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


def hours_of(repo: Repo, incident: Artefact) -> Mapping[str, Any]:
    """The service hours of the incident's service as the catalogue gives them; empty for hours unknown."""
    service = repo.find(str(incident.data.get("service", "")))
    hours: Mapping[str, Any] = service.data.get("service_hours", {}) if service else {}
    return hours


def longer(hours: Mapping[str, Any], start: datetime, end: datetime, minutes: float) -> bool:
    """Whether more than so many agreed minutes lie between two moments.

    Times are read on the wall clock on which they were written. Holidays are not taken out. Without hours every
    minute counts.
    """
    limit, total = timedelta(minutes=minutes), timedelta()
    if (start.tzinfo is None) != (end.tzinfo is None) or end - start <= limit:
        return False
    wall = start.replace(tzinfo=None)
    for begin, stop in _stretches(hours, wall, wall + (end - start)):
        total += stop - begin
        if total > limit:
            return True
    return False


def _stretches(
    hours: Mapping[str, Any], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    if not {"days", "from", "to"} <= set(hours):
        yield start, end
        return
    opens, closes = _offset(hours["from"]), _offset(hours["to"])
    midnight = datetime.combine(start.date(), time())
    while midnight < end:
        if _DAYS[midnight.weekday()] in hours["days"]:
            begin, stop = max(start, midnight + opens), min(end, midnight + closes)
            if begin < stop:
                yield begin, stop
        if midnight.date() == datetime.max.date():
            return
        midnight += _DAY


def _offset(clock: str) -> timedelta:
    hour, minute = clock.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))
