"""The one reader of states: what the history proves of a document, or what its header declares before control began."""

from collections.abc import Iterable
from datetime import date

from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.words import count


def in_force(artefact: Artefact, as_of: date) -> bool:
    """Whether people work by it. Records are evidence from the day they are made."""
    if artefact.proven is not None:
        return artefact.proven.in_force
    if not artefact.issued:
        return False
    start = artefact.date("recorded_on" if artefact.type.is_record else "effective_from")
    return start is None or start <= as_of


def effective_since(artefact: Artefact) -> date | None:
    """From which day the revision applies: never before its approval, where that is proven."""
    if artefact.proven is not None and artefact.proven.since:
        return artefact.proven.since
    return artefact.date("effective_from")


def applies_on(artefact: Artefact, day: date) -> bool:
    """Whether the text as it stands applied on a day, so that what happened then is judged by its figures.

    Where nobody says since when, a first edition has applied from the beginning; of a later one nobody knows.
    """
    since = effective_since(artefact)
    if since is None:
        return str(artefact.data.get("revision", "1.0")).partition(".")[0] in ("0", "1")
    return since <= day


def next_review(artefact: Artefact, settings: Settings) -> date | None:
    """By when an issued document is reviewed again, by its own interval or that of its type.

    It counts from the last approval or recorded review; before control began, from the effective date.
    """
    if artefact.proven is not None:
        return artefact.proven.next_review
    start = artefact.date("effective_from")
    own = artefact.data.get("review_every")
    if start is None or artefact.status != "issued" or not artefact.fits:
        return None
    interval = Duration(own) if isinstance(own, str) else settings.review_interval(artefact.type.name)
    return interval.after(start) if interval else None


def basis(artefacts: Iterable[Artefact]) -> str:
    """On what it rests that documents are shown as in force."""
    known = [artefact.proven for artefact in artefacts if artefact.proven]
    if known:
        taken_over = sum(proven.adopted for proven in known)
        but = (
            f" Not proven: {count(taken_over, 'document')} taken over then and not approved since."
            if taken_over
            else ""
        )
        return (
            "Since document control began, the history proves what is in force: who approved exactly these bytes, "
            f"against the approval matrix.{but}"
        )
    return "Document control has not begun: what is issued counts as in force from its date, approvals are not judged."


def state(artefact: Artefact, as_of: date) -> str:
    """For people: as proven ("effective", "in review", "obsolete" …), or as declared ("issued"); a record's status."""
    if artefact.proven is not None:
        return artefact.proven.state
    if artefact.type.is_record or artefact.status != "issued" or in_force(artefact, as_of):
        return artefact.status
    return f"issued, from {artefact.date('effective_from')}"
