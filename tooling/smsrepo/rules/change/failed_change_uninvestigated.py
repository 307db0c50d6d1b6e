"""A failure is worth something once its cause is known."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "failed-change-uninvestigated",
    severity=ERROR,
    requirements=["9.2-s20.1"],
    reads=["change", "change-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change failed or was backed out, and its review does not say why."""
    for change in repo.all("change"):
        outcome = change.data.get("outcome")
        reviews = repo.linked(change, "change-review") if outcome in ("failed", "backed-out") else []
        if reviews and not any("cause" in review.data for review in reviews):
            review = reviews[-1]
            yield review.flaw(
                "effectiveness" if "effectiveness" in review.data else "change",
                f"the outcome of {change.id} is `{outcome}`, and its review {review.id} states no cause",
                "Find out why it failed and write it into `cause`.",
            )
