"""When a revision applied: from which day to which, and what followed it."""

from datetime import date
from typing import NamedTuple

from smsrepo.control.lineage import APPROVING, Act, Lineage, Revision, standing


class Period(NamedTuple):
    """From `start` to the day before `end`, which `successor` ended; None there: its approval was taken back.

    A start of None is some day before document control began, an end of None is open.
    """

    start: date | None
    end: date | None
    successor: Revision | None


def period(lineage: Lineage, revision: Revision, on: date) -> Period | None:
    """The period of a revision as far as it was settled on a day; None where it never applied and never will."""
    start = revision.start
    approved_later = revision.approved and revision.approved.date() > on and not revision.adopted
    if not revision.version.released or start is None or approved_later:
        return None
    later = lineage.revisions[lineage.revisions.index(revision) + 1 :]
    ends: list[tuple[date, Revision | None]] = [
        (r.start, r) for r in later if r.version.released and r.start and r.approved_on(on)
    ]
    if revision.ended and revision.ended.date() <= on:
        ends.append((revision.ended.date(), None))
    end, successor = min(ends, key=lambda found: found[0], default=(None, None))
    return None if end and end <= start else Period(None if start == date.min else start, end, successor)


def since(lineage: Lineage, revision: Revision, on: date) -> str:
    """Since when a revision applies, in words; empty where it does not."""
    applied = period(lineage, revision, on)
    if applied is None:
        return ""
    return str(applied.start) if applied.start else f"before {revision.entered.date()}"


def seen_by(lineage: Lineage, on: date) -> list[Revision]:
    """The revisions that stood on the main branch on a day or before, in the order in which they came."""
    seen = (revision for moment, revision in lineage.presence if revision and moment.date() <= on)
    return list(dict.fromkeys(seen))


def approvals(revision: Revision, on: date) -> list[Act]:
    """The approvals of a revision that stood on a day: nobody's who took theirs back or rejected it since."""
    stood = standing(act for act in revision.acts if act.entered.date() <= on)
    return [act for act in stood if act.action in APPROVING]


def with_number(lineage: Lineage, number: str) -> Revision | None:
    """The revision with a number ("1.1"); of several with that number the approved one, or else the newest."""
    found = [revision for revision in lineage.revisions if revision.version.revision == number]
    approved = [revision for revision in found if revision.approved]
    return next(reversed(approved or found), None)
