"""What was large enough to be planned is large enough for a review of its own."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "major-change-reviewed-in-passing",
    severity=WARNING,
    requirements=["9.2-s22.1"],
    reads=["change", "change-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change with a major impact is reviewed only along with another change."""
    for change in repo.all("change", major_impact=True):
        reviews = repo.linked(change, "change-review")
        if reviews and not any(review.data.get("change") == change.id for review in reviews):
            review = reviews[0]
            yield review.flaw(
                "change",
                f"{review.id} is about {review.data.get('change')} and covers {change.id}, which has a major impact",
                "Review the major change by itself: sms new change-review.",
            )
