"""What is missing, in words for people."""

from datetime import date

from smsrepo.control.approval import Missing
from smsrepo.control.settings import Settings
from smsrepo.model.words import count


def lacking(missing: Missing, settings: Settings, on: date) -> str:
    """Such as "an approval as top-management (Anna Nowak) is missing"."""
    if missing.nobody:
        return "the approval matrix in sms/control.yml has no row for it"
    parts = [f"an approval as {role} ({_holders(role, settings, on)}) is missing" for role in missing.roles]
    if missing.rejected_by:
        names = ", ".join(settings.people[p].name if p in settings.people else p for p in missing.rejected_by)
        parts.append(f"{names} rejected it")
    if missing.persons and not missing.roles:
        parts.append(f"{count(missing.persons, 'further person')} must approve")
    return "; ".join(parts) or "nothing is missing"


def _holders(role: str, settings: Settings, on: date) -> str:
    return " or ".join(person.name for person in settings.holders(role, on)) or "nobody holds the role"
