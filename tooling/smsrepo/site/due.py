"""What falls due: planned steps, reviews of documents, ends of agreements, open records with a date."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.control.lifecycle import next_review
from smsrepo.control.planned import planned
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication


class Due(NamedTuple):
    """Something to do by a day; `about` is the artefact concerned, None for the SMS as a whole."""

    on: date
    what: str
    about: Artefact | None


def coming(publication: Publication) -> list[Due]:
    """Everything that is planned, the next first; what is overdue comes before."""
    found = [*_planned(publication), *_reviews(publication), *_ends(publication)]
    return sorted(found, key=lambda due: (due.on, due.what, due.about.id if due.about else ""))


def open_records(publication: Publication) -> list[Due]:
    """Records that are not closed and say by when they shall be."""
    found = [
        Due(day, artefact.type.title, artefact)
        for artefact in publication.repo.artefacts
        if artefact.type.closed and not artefact.closed and (day := artefact.date("due"))
    ]
    return sorted(found, key=lambda due: (due.on, due.about.id if due.about else ""))


def _planned(publication: Publication) -> Iterator[Due]:
    """The next of everything that has a planned interval."""
    for type_ in publication.repo.types.values():
        for step in planned(publication.repo, publication.settings, type_, publication.as_of):
            yield Due(step.due, type_.title, step.entry)


def _reviews(publication: Publication) -> Iterator[Due]:
    for artefact in publication.repo.artefacts:
        if not artefact.type.is_record and (day := next_review(artefact, publication.settings)):
            yield Due(day, "Review of the document", artefact)


def _ends(publication: Publication) -> Iterator[Due]:
    for artefact in publication.repo.artefacts:
        validity = artefact.data.get("validity") if artefact.type.kind == "agreement" else None
        if isinstance(validity, dict) and artefact.active:
            try:
                yield Due(date.fromisoformat(str(validity.get("to"))), "End of the agreement", artefact)
            except ValueError:
                continue
