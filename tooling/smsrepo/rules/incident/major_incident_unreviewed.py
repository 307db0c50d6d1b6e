"""After a major incident somebody asks what it teaches."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.reviews import reviews
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "major-incident-unreviewed",
    severity=ERROR,
    requirements=["8.1-s14"],
    reads=["incident", "major-incident-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was closed and never reviewed."""
    for incident in repo.all("incident", major=True, status="closed"):
        if not any(reviews(repo, incident)):
            yield incident.flaw(
                "status",
                f"{incident.id} was a major incident; it is closed, and no review of it is recorded",
                f"Hold the review and record it: sms new major-incident-review --set incident={incident.id}",
            )
