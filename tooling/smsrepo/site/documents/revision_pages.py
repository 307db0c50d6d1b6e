"""The page at the permanent address of a revision: the text as it was, marked, and what it changed."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from smsrepo.control.digest import sha256
from smsrepo.control.editions import Edition
from smsrepo.control.register import State
from smsrepo.site.documents.control_block import admonition, past_block
from smsrepo.site.documents.document_page import text_of
from smsrepo.site.documents.proof import proof
from smsrepo.site.documents.revision_diff import difference
from smsrepo.site.documents.revisions import (
    CHANGES,
    WATERMARKS,
    as_it_was,
    compared,
    document_of,
    has_page,
    in_force,
    is_here,
    link_to,
    page_of,
    replaced_by,
)
from smsrepo.site.page import Page
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.state import classification_of
from smsrepo.site.text.markup import blocks, plain, trail

_PICTURE = re.compile(r"!\[(?P<label>[^\]]*)\]\((?P<address>[^)\s]+)\)")


def revision_pages(publication: Publication) -> Iterator[Page]:
    """A page for each revision that the page of its document does not show, and for what the shown one has changed."""
    for editions in publication.editions.values():
        by_number = {edition.number: edition for edition in editions}
        for edition in editions:
            if has_page(publication, edition):
                yield _page(publication, edition, by_number.get(edition.before))


def _page(publication: Publication, edition: Edition, before: Edition | None) -> Page:
    path = page_of(publication, edition)
    title = f"{edition.title}, revision {edition.number}"
    here = is_here(publication, edition)
    markdown = blocks(
        _way(publication, path, edition),
        f"# {plain(title)}",
        _notice(publication, path, edition),
        "" if here else _text(publication, path, edition),
        _changes(publication, path, edition, before) if before else "",
        "" if here else proof(publication, path, edition),
    )
    imprint = f"{edition.id}, revision {edition.number}, {edition.state}{', changes only' if here else ''}"
    return Page(
        path, title, markdown, searchable=False, imprint=imprint, watermark=WATERMARKS.get(edition.state, ""),
        classification=classification_of(edition.version.fields),
    )  # fmt: skip


def _way(publication: Publication, page: str, edition: Edition) -> str:
    found = document_of(publication, edition)
    if found is None:
        return ""
    return trail(publication.artefact(page, found), f"Revision {plain(edition.number)}")


def _text(publication: Publication, page: str, edition: Edition) -> str:
    artefact = as_it_was(publication, edition)
    place = Place(publication, page, artefact)
    return blocks(past_block(place, edition), _with_own_pictures(publication, edition, text_of(place)))


def _with_own_pictures(publication: Publication, edition: Edition, text: str) -> str:
    """Only those pictures that are today what they were; of the others the name, for they would show another state."""
    folder = edition.version.path.rpartition("/")[0]
    then = {f"{folder}/{member.path}": member.sha256 for member in edition.version.attached}

    def shown(picture: re.Match[str]) -> str:
        path = unquote(picture["address"]).lstrip("./")
        now = publication.attached.get(path)
        same = now is not None and then.get(path) == sha256(now)
        return picture[0] if same else f"{picture['label']} (picture {plain(path)} of that time: not shown)"

    return _PICTURE.sub(shown, text) if "![" in text else text


def _changes(publication: Publication, page: str, edition: Edition, before: Edition) -> str:
    other = link_to(publication, page, before, f"revision {plain(before.number)}")
    return blocks(
        f"## What it changed {{ #{CHANGES} }}",
        f"Against {other}. Removed words are <del>struck through</del>, new words are <ins>underlined</ins>.",
        difference(publication, before, edition),
    )


def _notice(publication: Publication, page: str, edition: Edition) -> str:
    """What a reader must know before the first word."""
    state, number = edition.state, plain(edition.number)
    instead = _instead(publication, page, edition)
    if is_here(publication, edition):
        text = f"{link_to(publication, page, edition, 'Read it at its own page')}."
        title = (
            f"Revision {number} is in force" if state is State.EFFECTIVE else f"Revision {number}: {state}"
        )
        return admonition("info", title, f"This page shows what it changed. {text}")
    if state is State.SUPERSEDED:
        title = f"Superseded: obsolete since {edition.until}" if edition.until else "Superseded"
        return admonition("danger", f"{title}. Do not work by it", instead)
    if state is State.REVOKED:
        since = f" on {edition.until}" if edition.until else ""
        return admonition("danger", f"Approval taken back{since}. Do not work by it", instead)
    if state is State.APPROVED:
        return admonition(
            "warning", f"Approved, applies from {edition.since}", f"Not yet in force. {instead}"
        )
    what = "Draft" if state is State.DRAFT else "In review"
    return admonition("warning", f"{what}: not in force", f"Do not work by it. {instead}")


def _instead(publication: Publication, page: str, edition: Edition) -> str:
    """What to work by."""
    current = in_force(publication, edition.id)
    if current:
        since = f", in force since {current.since}" if current.since else ""
        label = f"revision {plain(current.number)}"
        work = f"Work by {link_to(publication, page, current, label)}{since}."
        return " ".join(filter(None, (work, _since_then(publication, page, edition, current))))
    withdrawn = next((e for e in publication.editions[edition.id] if e.state is State.OBSOLETE), None)
    if withdrawn is None:
        return "No revision of this document is in force."
    said = f"The document was withdrawn{f' on {withdrawn.since}' if withdrawn.since else ''}"
    told = f"{link_to(publication, page, withdrawn, said)}."
    successor = replaced_by(publication, edition.id)
    return f"{told} {publication.artefact(page, successor)} has taken its place." if successor else told


def _since_then(publication: Publication, page: str, edition: Edition, current: Edition) -> str:
    """The way to each difference between this revision and the one in force."""
    editions = publication.editions[edition.id]
    later = editions[editions.index(edition) + 1 : editions.index(current) + 1]
    links = filter(None, (compared(publication, page, one, plain(one.number)) for one in later))
    told = ", ".join(links)
    return f"What changed since, word by word: {told}." if told else ""
