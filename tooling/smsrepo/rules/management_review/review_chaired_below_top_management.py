"""The management review belongs to top management."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "review-chaired-below-top-management",
    severity=ERROR,
    requirements=["4.1.1-f", "4.5.4.3-s1"],
    reads=["management-review", "roles", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A management review was chaired by somebody who held no role of top management that day."""
    for review in repo.all("management-review"):
        day, chair = review.date("held_on"), review.data.get("chair")
        if day and chair and not on.settings.is_top_management(chair, day):
            yield review.flaw(
                "chair",
                f"`{chair}` held no role of top management on {day}",
                "Correct the chair or the assignment, or hold the review with top management.",
            )
