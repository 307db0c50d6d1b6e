"""What falls due, with the pages it is about."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from smsrepo.control import due as control
from smsrepo.control.duty import Due as Duty
from smsrepo.control.duty import Kind
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication


class Due(NamedTuple):
    """Something to do by a day; `about` is the artefact concerned, None for the SMS as a whole."""

    on: date
    what: str
    about: Artefact | None


def open_records(publication: Publication) -> list[Due]:
    """Records that are not closed and say by when they shall be."""
    return [_due(publication, duty) for duty in duties(publication, date.max) if duty.kind is Kind.RECORD]


def is_late(publication: Publication, record: Artefact) -> bool:
    """Whether what is still to be done should have been done before the day of publication."""
    day = control.still_due(record)
    return day is not None and day < publication.as_of


@lru_cache(maxsize=2)  # several pages ask for the same two horizons
def duties(publication: Publication, until: date) -> tuple[Duty, ...]:
    """Everything that is overdue or falls due up to a day, the first first."""
    return tuple(control.due(publication.register, publication.repo, publication.as_of, until))


def _due(publication: Publication, duty: Duty) -> Due:
    return Due(duty.day, duty.text, publication.repo.find(duty.id))
