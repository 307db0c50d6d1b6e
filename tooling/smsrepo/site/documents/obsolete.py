"""The archive: documents that were withdrawn, and the revisions that others have taken the place of."""

from collections.abc import Iterator, Sequence
from datetime import date

from smsrepo.control.editions import Edition
from smsrepo.control.register import State
from smsrepo.model.words import count
from smsrepo.site.documents.register import AT_ONCE
from smsrepo.site.documents.revisions import (
    applied,
    badge_for,
    document_of,
    first_day,
    in_force,
    link_to,
    replaced_by,
)
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, bullets, cards, plain, small, trail

PATH = "obsolete.md"
TITLE = "Obsolete documents"
_PAST = (State.SUPERSEDED, State.REVOKED)


def obsolete_pages(publication: Publication) -> Iterator[Page]:
    """What nobody works by any more, the latest first; none before document control began."""
    if not publication.editions:
        return
    every = [edition for editions in publication.editions.values() for edition in editions]
    withdrawn = _latest_first([e for e in every if e.state is State.OBSOLETE])
    past = _latest_first([e for e in every if e.state in _PAST])
    numbers = range(1, max(len(past) - 1, 0) // AT_ONCE + 2)
    for number in numbers:
        path = PATH if number == 1 else f"obsolete-{number}.md"
        shown = past[(number - 1) * AT_ONCE : number * AT_ONCE]
        others = [
            publication.to(path, PATH if n == 1 else f"obsolete-{n}.md", f"Page {n}")
            for n in numbers
            if n != number
        ]
        text = blocks(
            "" if number == 1 else trail(publication.to(path, PATH, TITLE)),
            f"# {TITLE}" if number == 1 else f"# {TITLE}, page {number}",
            _head(publication, withdrawn, len(past)) if number == 1 else "",
            "## Past revisions",
            _past(publication, path, shown) if shown else "No revision has been superseded.",
            bullets(others),
        )
        yield Page(path, TITLE, text, searchable=number == 1, contents=False)


def _latest_first(found: list[Edition]) -> list[Edition]:
    ordered = sorted(found, key=lambda one: one.id)
    return sorted(ordered, key=lambda one: one.until or one.since or date.min, reverse=True)


def _head(publication: Publication, withdrawn: Sequence[Edition], past: int) -> str:
    told = f"{count(len(withdrawn), 'withdrawn document')}, {count(past, 'past revision')}, as of {publication.as_of}."
    why = "They are kept to look up what applied when. Search does not find their texts, and nobody works by them."
    rows = [_withdrawn(publication, one) for one in withdrawn]
    table = cards(["Document", "Last revision", "Withdrawn on", "In its place"], rows)
    return blocks(
        f"{told} {small(why)}", "## Withdrawn documents", table if rows else "No document has been withdrawn."
    )


def _withdrawn(publication: Publication, edition: Edition) -> list[str]:
    successor = replaced_by(publication, edition.id)
    return [
        link_to(publication, PATH, edition, plain(f"{edition.id} {edition.title}")),
        plain(edition.number),
        first_day(edition),
        publication.artefact(PATH, successor) if successor else "–",
    ]


def _past(publication: Publication, page: str, shown: Sequence[Edition]) -> str:
    heads = ["Document", "Revision", "State", "In force", "In its place"]
    rows = [
        [
            link_to(publication, page, edition, plain(f"{edition.id} {edition.title}")),
            plain(edition.number),
            badge_for(edition),
            applied(edition),
            _instead(publication, page, edition),
        ]
        for edition in shown
    ]
    return cards(heads, rows)


def _instead(publication: Publication, page: str, edition: Edition) -> str:
    current = in_force(publication, edition.id)
    if current:
        return link_to(publication, page, current, f"revision {plain(current.number)}")
    successor = replaced_by(publication, edition.id)
    if successor:
        return publication.artefact(page, successor)
    return "withdrawn" if document_of(publication, edition) else "–"
