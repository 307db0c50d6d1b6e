"""What falls due, with the pages it is about."""

from datetime import date
from typing import NamedTuple

from smsrepo.control import due as control
from smsrepo.control.duty import Kind
from smsrepo.control.register import Register
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication


class Due(NamedTuple):
    """Something to do by a day; `about` is the artefact concerned, None for the SMS as a whole."""

    on: date
    what: str
    about: Artefact | None


def coming(publication: Publication, register: Register | None = None) -> list[Due]:
    """Everything that is planned, the next first; what is overdue comes before."""
    return [due for kind, due in _all(publication, register) if kind is not Kind.RECORD]


def open_records(publication: Publication) -> list[Due]:
    """Records that are not closed and say by when they shall be."""
    return [due for kind, due in _all(publication, None) if kind is Kind.RECORD]


def _all(publication: Publication, register: Register | None) -> list[tuple[Kind, Due]]:
    repo = publication.repo
    found = control.due(register, repo, publication.as_of, date.max)
    return [(due.kind, Due(due.day, due.text, repo.find(due.id))) for due in found]
