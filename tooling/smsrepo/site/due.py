"""What falls due: planned steps, reviews of documents, ends of agreements, open records with a date."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Every
from smsrepo.site.control_block import next_review
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
        if type_.every is None:
            continue
        latest = _latest(publication, type_, type_.every)
        entries = publication.repo.by_type.get(type_.every.per, ()) if type_.every.per else (None,)
        for entry in entries:
            if entry is None or entry.active:
                yield from _next(publication, type_, type_.every, latest, entry)


def _latest(publication: Publication, type_: ArtefactType, every: Every) -> dict[str, date]:
    """When it happened last, by the entry it was about."""
    latest: dict[str, date] = {}
    for record in publication.repo.by_type.get(type_.name, ()):
        day = record.date(every.date)
        if day and day <= publication.as_of:
            for id_ in record.ids(every.by) if every.per else ("",):
                latest[id_] = max(day, latest.get(id_, day))
    return latest


def _next(
    publication: Publication,
    type_: ArtefactType,
    every: Every,
    latest: dict[str, date],
    entry: Artefact | None,
) -> Iterator[Due]:
    interval = publication.settings.interval(every.interval)
    begin = (entry.date("effective_from") if entry else None) or publication.settings.operating_since
    last = latest.get(entry.id if entry else "", begin)
    if interval and last:
        yield Due(interval.after(last), type_.title, entry)


def _reviews(publication: Publication) -> Iterator[Due]:
    for artefact in publication.repo.artefacts:
        if not artefact.type.is_record and (day := next_review(publication, artefact)):
            yield Due(day, "Review of the document", artefact)


def _ends(publication: Publication) -> Iterator[Due]:
    for artefact in publication.repo.artefacts:
        validity = artefact.data.get("validity") if artefact.type.kind == "agreement" else None
        if isinstance(validity, dict) and artefact.active:
            try:
                yield Due(date.fromisoformat(str(validity.get("to"))), "End of the agreement", artefact)
            except ValueError:
                continue
