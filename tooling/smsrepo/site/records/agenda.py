"""Everything that has a day: what falls due, approved changes, and days that stand in documents and entries."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from smsrepo.control.duty import Due, Kind
from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import duration_in
from smsrepo.site.publication import Publication
from smsrepo.site.records.due import duties
from smsrepo.site.records.schedule import DAY, to_come

MONTHS = 18
"""How far the agenda looks ahead."""


class Group(StrEnum):
    """What an entry is about, in words for people."""

    PLANNED = "Audits, reviews, tests and checks"
    DOCUMENTS = "Documents"
    RECORDS = "Actions and open records"
    CHANGES = "Changes and projects"
    ENDS = "Ends of agreements, keys and rights"


_GROUPS = {
    Kind.PLANNED: Group.PLANNED,
    Kind.RECORD: Group.RECORDS,
    Kind.END: Group.ENDS,
    Kind.KEY: Group.ENDS,
    Kind.WAIVER: Group.ENDS,
    Kind.DISPOSAL: Group.ENDS,
}
_DAYS = {
    "audit_from": ("Audit begins", Group.PLANNED, False),
    "audit_to": ("Audit ends", Group.PLANNED, False),
    "report_due": ("Audit report", Group.PLANNED, False),
    "go_live": ("Service goes live", Group.CHANGES, False),
    "removal_date": ("Service is removed", Group.CHANGES, False),
    "ends_on": ("End of the right", Group.ENDS, True),
    "due": ("Target day", Group.PLANNED, True),
}
"""Fields of documents and entries that hold a day: what it says, and whether the day still matters once it is over."""


class Entry(NamedTuple):
    """Something on a day. `id` and `title` name what it is about, "" for the SMS as a whole; `about` is its artefact.

    `role` is the role, or else `person` the person, that sees to it, as far as that is settled.
    """

    on: date
    what: str
    group: Group
    id: str
    title: str
    about: Artefact | None
    role: str = ""
    person: str = ""


@lru_cache(maxsize=1)  # the front page, the calendar and its file show the same
def agenda(publication: Publication) -> tuple[Entry, ...]:
    """What is overdue, and what comes in the next months, the first first."""
    until = publication.as_of + relativedelta(months=MONTHS)
    found = {
        *(_duty(publication, duty) for duty in duties(publication, until)),
        *_changes(publication),
        *_stated(publication),
    }
    shown = (entry for entry in found if entry.on <= until)
    return tuple(sorted(shown, key=lambda e: (e.on, e.group, e.what, e.id)))


def late(publication: Publication) -> list[Entry]:
    """What is overdue, the longest first."""
    return [entry for entry in agenda(publication) if entry.on < publication.as_of]


def _duty(publication: Publication, duty: Due) -> Entry:
    group = _GROUPS.get(duty.kind, Group.DOCUMENTS)
    about = publication.repo.find(duty.id)
    person = duty.persons[0] if duty.persons and not duty.role else ""
    role = duty.role or ("" if person or about is None else str(about.data.get("responsible", "")))
    return Entry(duty.day, duty.text, group, duty.id, duty.title, about, role, person)


def _changes(publication: Publication) -> Iterator[Entry]:
    for change in to_come(publication):
        if day := change.date(DAY):
            yield Entry(day, "Change", Group.CHANGES, change.id, change.title, change)


def _stated(publication: Publication) -> Iterator[Entry]:
    """Days that documents and register entries in use name."""
    for artefact in publication.repo.artefacts:
        if artefact.type.is_record or not artefact.active:
            continue
        for name, (what, group, owed) in _DAYS.items():
            day = artefact.date(name)
            if day and (owed or day >= publication.as_of):
                yield _owned(publication, artefact, day, what, group)
        every, last = duration_in(artefact.data.get("check_every")), artefact.date("checked_on")
        if every and last:
            yield _owned(
                publication, artefact, every.after(last), "Check whether it still holds", Group.PLANNED
            )


def _owned(publication: Publication, artefact: Artefact, day: date, what: str, group: Group) -> Entry:
    owner = str(artefact.data.get("owner", ""))
    role = owner if owner in publication.settings.roles else ""
    person = owner if owner in publication.settings.people else ""
    return Entry(day, what, group, artefact.id, artefact.title, artefact, role, person)
