"""What falls due, as pages ask for it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from smsrepo.control import due as control
from smsrepo.control.duty import Due, Kind
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication


def next_of_each_type(publication: Publication) -> Mapping[str, date]:
    """By the name of their type the day on which the first of the open records falls due."""
    days: dict[str, date] = {}
    for duty in duties(publication, date.max):
        record = publication.repo.find(duty.id) if duty.kind is Kind.RECORD else None
        if record:
            days.setdefault(record.type.name, duty.day)
    return days


def is_late(publication: Publication, record: Artefact) -> bool:
    """Whether what is still to be done should have been done before the day of publication."""
    day = control.still_due(record)
    return day is not None and day < publication.as_of


@lru_cache(maxsize=2)  # several pages ask for the same two horizons
def duties(publication: Publication, until: date) -> tuple[Due, ...]:
    """Everything that is overdue or falls due up to a day, the first first."""
    return tuple(control.due(publication.register, publication.repo, publication.as_of, until))
