"""What had to be undone did not reach its aim."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "failed-change-called-effective",
    severity=ERROR,
    requirements=["9.2-s20.1"],
    reads=["change", "change-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change failed or was backed out, and its review calls it effective."""
    for review in repo.all("change-review", effectiveness="effective"):
        change = repo.find(str(review.data.get("change", "")))
        if change is None or change.type.name != "change":
            continue
        outcome = change.data.get("outcome")
        if outcome in ("failed", "backed-out"):
            yield review.flaw(
                "effectiveness",
                f"{change.id} ended as `{outcome}`, and {review.id} calls it effective",
                "Judge it by its aim: `partly` or `ineffective`, with cause and actions; or correct the outcome.",
            )
