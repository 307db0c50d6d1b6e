"""A requirement that nobody looked at is met by luck."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, saw
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "design-review-omits-requirement",
    severity=ERROR,
    requirements=["5.1-s5.1"],
    reads=["design-review", PLAN],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Plan and design were accepted by a review that leaves out a service requirement of the plan."""
    for review in repo.all("design-review", decision="accepted"):
        plan = repo.find(str(review.data.get("plan", "")))
        if plan is None or plan.type.name != PLAN or not saw(review, plan):
            continue
        looked_at = {entry.get("requirement") for entry in review.entries("requirements")}
        left = [id_ for id_ in plan.ids("requirements") if id_ not in looked_at]
        if left:
            yield review.flaw(
                "requirements",
                f"{review.id} accepts {plan.id} without a word on {', '.join(left)}",
                "Say of each requirement of the plan whether plan and design let the service meet it, and by what.",
            )
