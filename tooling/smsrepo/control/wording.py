"""What is missing, in words for people."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from smsrepo.control.approval import Missing
from smsrepo.control.lineage import Act, standing
from smsrepo.control.settings import Settings
from smsrepo.model.words import count


class Written(Protocol):
    """What waits for approval: a revision, or a change of a policy file."""

    @property
    def authors(self) -> frozenset[str]: ...
    @property
    def unseparated(self) -> frozenset[str]: ...
    @property
    def acts(self) -> Sequence[Act]: ...


def lacking(missing: Missing, settings: Settings, on: date, written: Written | None = None) -> str:
    """Such as "an approval as top-management (Anna Nowak) is missing".

    Where it is known what was `written`, nobody is named who wrote part of it, and rejections come with their reason.
    """
    if missing.nobody:
        return "the approval matrix in sms/control.yml has no row for it"
    parts = rejections(written.acts) if written else []
    if missing.rejected_by and not parts:
        names = ", ".join(settings.people[p].name if p in settings.people else p for p in missing.rejected_by)
        parts.append(f"{names} rejected it")
    parts += [
        f"an approval as {role} ({_holders(role, settings, on, written)}) is missing"
        for role in missing.roles
    ]
    if missing.persons and not missing.roles:
        parts.append(f"{count(missing.persons, 'further person')} must approve")
    return "; ".join(parts) or "nothing is missing"


def rejections(acts: Sequence[Act]) -> list[str]:
    """The rejections that stand, each with who, when and why."""
    return [
        f"rejected by {act.statement.name} on {act.entered:%Y-%m-%d}: “{act.statement.reason}”"
        for act in standing(acts)
        if act.action == "reject"
    ]


def _holders(role: str, settings: Settings, on: date, written: Written | None) -> str:
    holders = settings.holders(role, on)
    wrote = written.authors - written.unseparated if written else frozenset()
    able = [person.name for person in holders if person.id not in wrote]
    if able or not holders:
        return " or ".join(able) or "nobody holds the role"
    names = " and ".join(person.name for person in holders)
    return f"nobody who holds the role may: {names} wrote part of it; appoint somebody else"
