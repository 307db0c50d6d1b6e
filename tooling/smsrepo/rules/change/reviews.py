"""When the review of a change came, measured by its limit."""

from collections.abc import Iterable

from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.settled import settled_by


def late(repo: Repo, change: Artefact, reviews: Iterable[Artefact], limit: Duration) -> Flaw | None:
    """The flaw of the first review, if it came after the limit and no nonconformity names it for that."""
    implemented = change.date("implemented_on")
    dated = sorted((day, review.id, review) for review in reviews if (day := review.date("reviewed_on")))
    if implemented is None or not dated:
        return None
    day, _, first = dated[0]
    due = limit.after(implemented)
    if day <= due or settled_by(repo, first):
        return None
    return first.flaw(
        "reviewed_on",
        f"{change.id} was implemented on {implemented} and reviewed on {day}; due by {due} ({limit.words})",
        f"Correct a wrong date, or record the delay: sms new nonconformity, with {first.id} in `links`.",
    )
