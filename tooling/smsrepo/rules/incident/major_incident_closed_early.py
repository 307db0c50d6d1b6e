"""A major incident is closed when its lesson is written down."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.reviews import reviews
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "major-incident-closed-early",
    severity=WARNING,
    requirements=["8.1-s14"],
    reads=["incident", "major-incident-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was closed before the day of its review."""
    for incident in repo.all("incident", major=True, status="closed"):
        closed = incident.date("closed_at")
        held = [day for _, _, day in reviews(repo, incident)]
        if closed and held and closed < min(held):
            yield incident.flaw(
                "closed_at",
                f"{incident.id} was closed on {closed}; its review was on {min(held)}",
                "Keep a major incident resolved until its review is done, or correct the date.",
            )
