"""What changed: the revisions that came into force, were withdrawn or lost their approval, the newest first."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from smsrepo.control.editions import Edition
from smsrepo.control.register import State
from smsrepo.model.duration import Duration
from smsrepo.site.documents.revisions import compared, document_of, link_to
from smsrepo.site.page import Page
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, cards, plain, small
from smsrepo.site.text.values import cell

PATH, FEED = "changes.md", "changes.xml"
TITLE = "What changed"
_AT_MOST = 100
_YEAR = Duration("P12M")
_HEADS = ("Document", "Revision", "What changed")


class Change(NamedTuple):
    """What happened on a day to a revision: it is "new", "revised" or "withdrawn", or its approval was "taken back"."""

    on: date
    what: str
    edition: Edition

    @property
    def said(self) -> str:
        """What its author says has changed, or why somebody took an approval back."""
        if self.what != "taken back":
            return self.edition.summary
        return "; ".join(act.statement.reason for act in self.edition.acts if act.action == "revoke")


def changes(publication: Publication) -> list[Change]:
    """Everything that has a day, the newest first; what is approved for later comes before all."""
    found = (
        change
        for editions in publication.editions.values()
        for edition in editions
        for change in _of(edition)
    )
    return sorted(found, key=lambda change: (-change.on.toordinal(), change.edition.id))


def _of(edition: Edition) -> Iterator[Change]:
    if edition.since:
        withdrawn = edition.version.status == "obsolete"
        first = not edition.before or edition.before.startswith("0.")
        yield Change(edition.since, "withdrawn" if withdrawn else "new" if first else "revised", edition)
    if edition.state is State.REVOKED and edition.until:
        yield Change(edition.until, "taken back", edition)


def last_year(publication: Publication) -> list[Change]:
    """Of the changes up to the day of publication those of twelve months."""
    day = publication.as_of
    return [change for change in changes(publication) if change.on <= day < _YEAR.after(change.on)]


def changes_pages(publication: Publication) -> Iterator[Page]:
    """One page; none before document control began."""
    if not publication.editions:
        return
    found = last_year(publication)
    shown = found[:_AT_MOST]
    later = [change for change in changes(publication) if change.on > publication.as_of]
    cut = f"The {_AT_MOST} newest of {len(found):,} are shown. " if len(found) > _AT_MOST else ""
    text = blocks(
        f"# {TITLE}",
        f"What came into force or was withdrawn in the twelve months up to {publication.as_of}, the newest first. "
        f"To be told, follow the [feed]({FEED}).",
        blocks("## Still to come", _table(publication, reversed(later), with_day=True)) if later else "",
        *(
            blocks(f"## {day} {{ data-search-exclude }}", _table(publication, some))
            for day, some in groupby(shown, key=lambda change: change.on)
        ),
        "" if found else "Nothing changed in this time.",
        small(f"{cut}The foot of each document's page lists all its revisions."),
    )
    yield Page(PATH, TITLE, text, contents=False)


def _table(publication: Publication, some: Iterable[Change], *, with_day: bool = False) -> str:
    heads = ("From", *_HEADS) if with_day else _HEADS
    return cards(heads, [[*([str(one.on)] if with_day else []), *_row(publication, one)] for one in some])


def _row(publication: Publication, change: Change) -> list[str]:
    edition = change.edition
    document = document_of(publication, edition)
    place = Place(publication, PATH, document) if document else None
    summary = cell(place, change.said) if place else plain(change.said)
    differs = compared(publication, PATH, edition, "word by word")
    return [
        publication.artefact(PATH, document) if document else plain(f"{edition.id} {edition.title}"),
        _revisions(publication, change),
        " ".join(filter(None, (summary, differs and small(differs)))),
    ]


def _revisions(publication: Publication, change: Change) -> str:
    number = link_to(publication, PATH, change.edition)
    before = change.edition.before
    if change.what == "revised":
        return f"{plain(before)} → {number}"
    return f"{number} {small({'taken back': 'approval taken back'}.get(change.what, change.what))}"
