"""From the need to the part of the design that serves it leads an unbroken line."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, worked_with
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "requirement-untraced", severity=ERROR, requirements=["5.3-s2"], reads=[PLAN, "service-design", "change"]
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A design does not say by what it meets a service requirement of its plan."""
    for design in worked_with(repo, "service-design"):
        plan = repo.find(str(design.data.get("plan", "")))
        if plan is None or plan.type.name != PLAN:
            continue
        traced = {entry.get("requirement") for entry in design.entries("requirement_trace")}
        left = [id_ for id_ in plan.ids("requirements") if id_ not in traced]
        if left:
            yield design.flaw(
                "requirement_trace",
                f"{design.id} does not say by what it meets {', '.join(left)} of {plan.id}",
                "Name the part of the design for each requirement. If there is none, the design is not finished.",
            )
