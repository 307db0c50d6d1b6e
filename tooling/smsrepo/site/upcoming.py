"""What is due next, on the front page: the first days of the calendar, in its order and its words."""

from collections.abc import Sequence
from itertools import groupby, islice

from smsrepo.model.words import count
from smsrepo.site.navigation import reading_order
from smsrepo.site.publication import Publication
from smsrepo.site.records.agenda import Entry, agenda
from smsrepo.site.records.calendar_page import PATH as CALENDAR
from smsrepo.site.records.calendar_page import named, place_of, told
from smsrepo.site.text.markup import blocks, overdue, plain, small, table

_SHOWN, _NAMED = 8, 1
_KNOWN = ("document", "agreement", "catalogue", "register", "record")


def upcoming(publication: Publication, page: str) -> str:
    """The same thing due on one day takes one row, whatever number of documents it is about."""
    days = groupby(agenda(publication), key=lambda entry: (entry.on, entry.group, entry.what))
    rows = [_row(publication, page, list(some)) for _, some in islice(days, _SHOWN)]
    return blocks(
        "## What is due next",
        table(["Due", "What"], rows) if rows else "",
        f"{told(publication)}: {publication.to(page, CALENDAR, 'the calendar')}.",
    )


def _row(publication: Publication, page: str, entries: Sequence[Entry]) -> list[str]:
    first, total = entries[0], len(entries)
    entries_of_it = count(total, "entry", "entries")
    number = f" {small(f'({entries_of_it})')}" if total > 1 else ""
    best = sorted(entries, key=lambda entry: _turn(publication, entry))[:_NAMED]
    names = ", ".join(filter(None, (named(publication, page, entry) for entry in best)))
    month = f"{CALENDAR}#{place_of(publication, first)}"
    more = f" and {publication.to(page, month, f'{total - _NAMED:,} more')}" if total > _NAMED else ""
    about = f"<br>{names}{more}" if names else ""
    return [f"{first.on}{overdue(first.on, publication.as_of)}", f"{plain(first.what)}{number}{about}"]


def _turn(publication: Publication, entry: Entry) -> tuple[int, int, str]:
    """Documents that people know come before assets and components: by kind, and within it as in the menu."""
    if entry.about is None:
        return len(_KNOWN), 0, entry.id
    type_ = entry.about.type
    return _KNOWN.index(type_.kind), reading_order(publication, type_.kind).index(type_.folder), entry.id
