"""What a major incident teaches is seen when it is over."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("major-incident-reviewed-early", severity=ERROR, requirements=["8.1-s14"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was reviewed before the service was restored."""
    for incident in repo.all("incident", major=True):
        reviewed = incident.data.get("major_handling", {}).get("reviewed_on")
        resolved = incident.date("resolved_at")
        if reviewed and (resolved is None or reviewed < resolved.isoformat()):
            state = f"was restored on {resolved}" if resolved else "is not recorded as restored"
            yield incident.flaw(
                "/major_handling/reviewed_on",
                f"the review of {incident.id} is dated {reviewed}, but the service {state}",
                "Correct the date, or hold a review that sees the whole incident.",
            )
