"""What a major incident teaches is seen when it is over."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.reviews import reviews
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "major-incident-reviewed-early",
    severity=ERROR,
    requirements=["8.1-s14"],
    reads=["incident", "major-incident-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was reviewed before the service was restored."""
    for incident in repo.all("incident", major=True):
        resolved = incident.date("resolved_at")
        held = list(reviews(repo, incident))
        if resolved and any(day >= resolved for _, _, day in held):
            continue
        for record, pointer, day in held:
            if resolved is None or day < resolved:
                state = f"was restored on {resolved}" if resolved else "is not recorded as restored"
                yield record.flaw(
                    pointer,
                    f"the review of {incident.id} is dated {day}, but the service {state}",
                    "Correct the date, or hold a review that sees the whole incident.",
                )
