"""The calendar: what is overdue, and what comes, month by month."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from dateutil.relativedelta import relativedelta

from smsrepo.model.words import count
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records.agenda import MONTHS, Entry, Group, agenda, late
from smsrepo.site.records.calendar_file import PATH as FILE
from smsrepo.site.text.markup import blocks, cards, overdue, plain, small, unseen
from smsrepo.site.text.matrix import Cell, matrix

PATH = "calendar.md"
_OVERDUE = "overdue"
_IN_FULL = 3
_WHOLE = "The management system"
_LEVELS = (30, 10, 3, 1)


def calendar_page(publication: Publication) -> Page:
    """Overdue first; then a strip of all months, and each month with its days."""
    past = late(publication)
    coming = agenda(publication)[len(past) :]
    months = {anchor: list(some) for anchor, some in groupby(coming, key=lambda e: place_of(publication, e))}
    text = blocks(
        "# Calendar",
        f"{told(publication)}, as of {publication.as_of}. What repeats stands here once: the next time.",
        f"{publication.to(PATH, FILE, 'The same for your own calendar')} (iCalendar file).",
        blocks(f"## Overdue {{#{_OVERDUE}}}", _table(publication, past)) if past else "",
        "## At a glance",
        _strip(publication, coming),
        *(
            blocks(f"## {some[0].on:%B %Y} {{#{anchor}}}", _table(publication, some))
            for anchor, some in months.items()
        ),
    )
    return Page(PATH, "Calendar", text, contents=False)


def told(publication: Publication) -> str:
    """How many entries there are: the same sentence here and on the front page."""
    number = len(late(publication))
    past = f"{count(number, 'entry is', 'entries are')} overdue" if number else "Nothing is overdue"
    coming = count(len(agenda(publication)) - number, "entry", "entries")
    return f"{past}, and {coming} to come in the next {MONTHS} months"


def place_of(publication: Publication, entry: Entry) -> str:
    """The heading of the page under which an entry stands."""
    return _OVERDUE if entry.on < publication.as_of else f"{entry.on:%Y-%m}"


def _table(publication: Publication, entries: Iterable[Entry]) -> str:
    """One row for what is alike on one day."""
    rows = [_row(publication, list(some)) for _, some in groupby(sorted(entries, key=_alike), key=_alike)]
    return cards(["Due", "What", "For", "Seen to by"], rows)


def _alike(entry: Entry) -> tuple[date, Group, str, str]:
    return entry.on, entry.group, entry.what, entry.about.type.plural if entry.about else ""


def _row(publication: Publication, entries: Sequence[Entry]) -> list[str]:
    first = entries[0]
    who = dict.fromkeys(_who(publication, entry) for entry in entries)
    return [
        f'<span class="sms-nowrap">{first.on}</span>{overdue(first.on, publication.as_of)}',
        plain(first.what),
        _about(publication, entries),
        ", ".join(name for name in who if name),
    ]


def _about(publication: Publication, entries: Sequence[Entry]) -> str:
    """Few in full; of many the ids under the name of their type."""
    if len(entries) <= _IN_FULL:
        return "<br>".join(named(publication, PATH, entry) or _WHOLE for entry in entries)
    about = entries[0].about
    ids = ", ".join(
        publication.artefact(PATH, e.about, plain(e.id)) if e.about else plain(e.title or e.id)
        for e in entries
    )
    return f"{small(f'{plain(about.type.plural)} ({len(entries)})')}<br>{ids}" if about else ids


def named(publication: Publication, page: str, entry: Entry) -> str:
    """What an entry is about, linked where it has a page; empty where that is the management system as a whole."""
    if entry.about:
        return publication.artefact(page, entry.about)
    if entry.id in publication.settings.people:
        return publication.person(page, entry.id)
    return plain(entry.title or entry.id)


def _who(publication: Publication, entry: Entry) -> str:
    if entry.role:
        return publication.role(PATH, entry.role)
    return publication.person(PATH, entry.person) if entry.person else ""


def _strip(publication: Publication, entries: Sequence[Entry]) -> str:
    """Numbers for each month and group; a month leads to its days."""
    first = publication.as_of.replace(day=1)
    days = [first + relativedelta(months=number) for number in range(MONTHS + 1)]
    rows = []
    for group in Group:
        numbers = [sum(_in(entry, day) and entry.group is group for entry in entries) for day in days]
        rows.append((str(group), [_number(n, day) for n, day in zip(numbers, days, strict=True)]))
    heads = [f'{day:%b}<span class="sms-unseen"> {day:%Y}</span>{_year(day, first)}' for day in days]
    return matrix("Entries by month", "About", heads, rows)


def _in(entry: Entry, month: date) -> bool:
    return (entry.on.year, entry.on.month) == (month.year, month.month)


def _year(day: date, first: date) -> str:
    """The year, where one begins."""
    shown = f"{day:%Y}" if day == first or day.month == 1 else "&nbsp;"
    return f'<span class="sms-matrix__year" aria-hidden="true">{shown}</span>'


def _number(number: int, day: date) -> Cell:
    if not number:
        return Cell(unseen("none"))
    level = next(place for place, least in enumerate(_LEVELS) if number >= least)
    return Cell(f'<a href="#{day:%Y-%m}">{number}</a>', style=f"sms-load sms-load--{len(_LEVELS) - level}")
