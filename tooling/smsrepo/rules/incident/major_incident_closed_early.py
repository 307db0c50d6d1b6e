"""A major incident is closed when its lesson is written down."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("major-incident-closed-early", severity=WARNING, requirements=["8.1-s14"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was closed before the day of its review."""
    for incident in repo.all("incident", major=True, status="closed"):
        reviewed = incident.data.get("major_handling", {}).get("reviewed_on")
        closed = incident.date("closed_at")
        if reviewed and closed and closed.isoformat() < reviewed:
            yield incident.flaw(
                "closed_at",
                f"{incident.id} was closed on {closed}; its review was on {reviewed}",
                "Keep a major incident resolved until its review is done, or correct the date.",
            )
