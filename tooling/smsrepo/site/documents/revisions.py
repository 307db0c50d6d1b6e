"""The revisions of documents on the site: which have a page of their own, and how they are told."""

from datetime import date

from smsrepo.control.editions import Edition
from smsrepo.control.register import State
from smsrepo.load import yaml_dialect
from smsrepo.load.parse import header_of
from smsrepo.load.text import decode
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication
from smsrepo.site.state import NOT_YET, badge_of
from smsrepo.site.text.markup import badge, plain, small

CHANGES = "sms-changes"
"""The place on the page of a revision that tells what it changed."""

_TONES = {
    State.DRAFT: "part",
    State.IN_REVIEW: "wait",
    State.APPROVED: "wait",
    State.EFFECTIVE: "good",
    State.SUPERSEDED: "past",
    State.OBSOLETE: "past",
    State.REVOKED: "bad",
}
_ON_THEIR_WAY = (State.DRAFT, State.IN_REVIEW, State.APPROVED)
WATERMARKS = {
    State.DRAFT: "DRAFT",
    State.IN_REVIEW: "DRAFT",
    State.APPROVED: NOT_YET,
    State.SUPERSEDED: "SUPERSEDED",
    State.OBSOLETE: "OBSOLETE",
    State.REVOKED: "OBSOLETE",
}


def document_of(publication: Publication, edition: Edition) -> Artefact | None:
    """The document as readers have it; None where its file is gone and nothing of it is in force."""
    found = publication.repo.find(edition.id)
    return None if found is None or found.type.is_record else found


def as_it_was(publication: Publication, edition: Edition) -> Artefact:
    """The document as it was; not validated, for the schemas of today say nothing about it."""
    version = edition.version
    written = decode(publication.contents[version.blob])
    data = yaml_dialect.parse(header_of(version.path, written)[0])
    type_ = publication.repo.types.get(version.type.name, version.type)
    return Artefact(version.path, type_, data if isinstance(data, dict) else {}, written, fits=False)


def is_here(publication: Publication, edition: Edition) -> bool:
    """Whether the page of the document shows this revision."""
    found = document_of(publication, edition)
    return edition.shown and found is not None and found.data.get("revision") == edition.number


def has_page(publication: Publication, edition: Edition) -> bool:
    """Whether it has a page of its own; that of the revision in force says only what it has changed."""
    return bool(edition.before) or not is_here(publication, edition)


def page_of(publication: Publication, edition: Edition) -> str:
    """The page at the permanent address of a revision."""
    found = document_of(publication, edition)
    if found:
        home = publication.page_paths[found.path].removesuffix(".md")
    else:
        home = f"{edition.version.path.rpartition('/')[0]}/{edition.id}"
    return f"{home}/{edition.number}.md"


def link_to(publication: Publication, page: str, edition: Edition, label: str = "") -> str:
    """A link to where the text of a revision is read; its number unless a label (Markdown) is given."""
    found = document_of(publication, edition)
    here = found is not None and is_here(publication, edition)
    target = publication.page_paths[found.path] if found and here else page_of(publication, edition)
    return publication.to(page, target, label or plain(edition.number))


def compared(publication: Publication, page: str, edition: Edition, label: str) -> str:
    """A link to what a revision has changed, word by word; empty where it is the first."""
    return publication.to(page, f"{page_of(publication, edition)}#{CHANGES}", label) if edition.before else ""


def on_its_way(publication: Publication, artefact: Artefact) -> Edition | None:
    """The revision that is to follow the one shown: drafted, in review or approved for later."""
    number = artefact.proven.newest.partition(", ")[0] if artefact.proven else ""
    editions = publication.editions.get(artefact.id, ())
    return next((e for e in editions if e.number == number and e.state in _ON_THEIR_WAY), None)


def taken_over_on(day: date) -> str:
    """What is to be known of a revision that was issued when document control began."""
    return f"taken over on {day}, when document control began"


def badge_for(edition: Edition) -> str:
    """The state of a revision."""
    return badge(str(edition.state).capitalize(), _TONES[edition.state])


def state_and_next(publication: Publication, page: str, artefact: Artefact) -> str:
    """The state of what people work by, and below it the revision that is to follow."""
    here, coming = badge_of(publication, artefact), on_its_way(publication, artefact)
    if coming is None:
        return here
    day = applied(coming)
    following = f"{link_to(publication, page, coming)} {badge_for(coming)} {small(day) if day else ''}"
    return f"{here}<br>{following.rstrip()}"


def first_day(edition: Edition) -> str:
    """From which day it applies, in words; empty where it never did and is not going to."""
    if edition.since:
        return str(edition.since)
    return f"before {edition.entered}" if edition.adopted and edition.approved else ""


def applied(edition: Edition) -> str:
    """From when to when it applies, in words; empty where it never did and is not going to."""
    start = first_day(edition)
    if edition.until:
        return f"{start} to {edition.until}".strip()
    return f"since {start}" if start and edition.state is not State.APPROVED else start and f"from {start}"


def in_force(publication: Publication, id_: str) -> Edition | None:
    """The revision of a document by which people work."""
    found = (edition for edition in publication.editions.get(id_, ()) if edition.state is State.EFFECTIVE)
    return next(found, None)


def replaced_by(publication: Publication, id_: str) -> Artefact | None:
    """The document at the end of the line of successors; None where there is none."""
    seen = {id_}
    found = publication.repo.find(id_)
    last: Artefact | None = None
    while found and (successor := str(found.data.get("successor", ""))) and successor not in seen:
        seen.add(successor)
        found = publication.repo.find(successor)
        last = found or last
    return last
