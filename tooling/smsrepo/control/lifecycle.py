"""Whether a controlled artefact is in force on a day, as far as its header tells."""

from datetime import date

from smsrepo.model.artefact import Artefact


def in_force(artefact: Artefact, as_of: date) -> bool:
    """Issued, and its effective date reached. Records are evidence from the day they are made."""
    if not artefact.issued:
        return False
    start = artefact.date("effective_from")
    return start is None or start <= as_of


def state(artefact: Artefact, as_of: date) -> str:
    """For people: "draft", "issued", "issued, from 2026-12-01" or "obsolete"; a record's own status."""
    if artefact.type.is_record or artefact.status != "issued" or in_force(artefact, as_of):
        return artefact.status
    return f"issued, from {artefact.date('effective_from')}"
