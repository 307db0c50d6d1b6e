"""An incident is over when the user says so, or has had time to."""

from collections.abc import Iterator
from datetime import timedelta

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

WAIT = timedelta(days=2)


@rule("incident-closed-early", severity=WARNING, requirements=["8.1-s3.1"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident was closed without the user's word and before the two days of waiting had passed."""
    for incident in repo.all("incident", user_confirmed=False):
        resolved, closed = incident.date("resolved_at"), incident.date("closed_at")
        if resolved and closed and closed < resolved + WAIT:
            yield incident.flaw(
                "closed_at",
                f"{incident.id} was resolved on {resolved} and closed on {closed} without a user's word",
                "Ask the user, and set `user_confirmed`; without an answer, wait two working days.",
            )
