"""The state of an artefact as a badge and as words."""

from collections.abc import Mapping
from datetime import date

from smsrepo.control.lifecycle import in_force, state
from smsrepo.control.register import State
from smsrepo.control.tally import Tally, tally_of
from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, words

NOT_YET = "NOT YET IN FORCE"
"""The mark on what is approved, or issued, for a day to come."""


def badge_of(publication: Publication, artefact: Artefact) -> str:
    """The state on the day of publication."""
    return badge(
        _capital(state(artefact, publication.as_of)) or "No status", tone(artefact, publication.as_of)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def tone(artefact: Artefact, as_of: date) -> str:
    """How a state looks: in force, on its way, or past."""
    if artefact.type.is_record:
        return "past" if artefact.closed else "plain" if not artefact.type.closed else "wait"
    if artefact.status == "obsolete":
        return "past"
    if artefact.status != "issued":
        return "part"
    return (
        "good" if in_force(artefact, as_of) and not (artefact.proven and artefact.proven.suspect) else "wait"
    )


def tally_of_documents(publication: Publication) -> Tally:
    """Where all documents stand, as proven; before control began, as their headers say."""
    return tally_of(_states(a) for a in publication.repo.artefacts if not a.type.is_record)


def _states(document: Artefact) -> tuple[str, str]:
    if document.proven is None:
        return _DECLARED.get(document.status, "without status"), ""
    return document.proven.state, document.proven.newest.rpartition(", ")[2]


_DECLARED: dict[str, str] = {
    "draft": State.DRAFT,
    "issued": State.EFFECTIVE,
    "obsolete": State.OBSOLETE,
}


def is_published(artefact: Artefact) -> bool:
    """Whether search may find the page: only what readers work by, and what was issued before control began."""
    if artefact.proven is not None:
        return artefact.proven.in_force
    return artefact.type.is_record or artefact.status == "issued"


def imprint_of(artefact: Artefact) -> str:
    """The line on every printed page."""
    if artefact.type.is_record:
        return f"{artefact.id}, {words(artefact.status).lower()}"
    revision = artefact.data.get("revision", "?")
    declared = artefact.status or "no status"
    return f"{artefact.id}, revision {revision}, {artefact.proven.state if artefact.proven else declared}"


def classification_of(fields: Mapping[str, object]) -> str:
    """What a document says about who may see it, for every printed page."""
    return words(str(fields.get("classification", "")))


def watermark_of(artefact: Artefact, as_of: date) -> str:
    """What lies across a printed page that nobody works by; "" for one that is in force."""
    if artefact.status == "obsolete" and (artefact.proven is None or artefact.proven.state == "obsolete"):
        return "OBSOLETE"
    if artefact.proven is not None:
        return "" if artefact.proven.in_force else NOT_YET if artefact.proven.state == "approved" else "DRAFT"
    if artefact.status != "issued":
        return "DRAFT"
    return "" if in_force(artefact, as_of) else NOT_YET
