"""Whether a controlled artefact is in force on a day, as far as its header tells."""

from datetime import date

from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration


def in_force(artefact: Artefact, as_of: date) -> bool:
    """Issued, and its effective date reached. Records are evidence from the day they are made."""
    if not artefact.issued:
        return False
    start = artefact.date("recorded_on" if artefact.type.is_record else "effective_from")
    return start is None or start <= as_of


def next_review(artefact: Artefact, settings: Settings) -> date | None:
    """By when an issued document is reviewed again: effective date and interval, its own or that of its type."""
    start = artefact.date("effective_from")
    own = artefact.data.get("review_every")
    if start is None or artefact.status != "issued" or not artefact.fits:
        return None
    interval = Duration(own) if isinstance(own, str) else settings.review_interval(artefact.type.name)
    return interval.after(start) if interval else None


def state(artefact: Artefact, as_of: date) -> str:
    """For people: "draft", "issued", "issued, from 2026-12-01" or "obsolete"; a record's own status."""
    if artefact.type.is_record or artefact.status != "issued" or in_force(artefact, as_of):
        return artefact.status
    return f"issued, from {artefact.date('effective_from')}"
