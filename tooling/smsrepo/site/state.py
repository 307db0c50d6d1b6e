"""The state of an artefact as a badge and as words."""

from datetime import date

from smsrepo.control.lifecycle import in_force, state
from smsrepo.model.artefact import Artefact
from smsrepo.site.markup import badge, words
from smsrepo.site.publication import Publication


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
