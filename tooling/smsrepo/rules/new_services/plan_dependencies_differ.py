"""Plan, design and catalogue speak of the same service."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, change_of, worked_with
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "plan-dependencies-differ",
    severity=WARNING,
    requirements=["5.2-g"],
    reads=[PLAN, "service-design", "service", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A plan names other services as dependencies than its design or the catalogue entry of the service."""
    for plan in worked_with(repo, PLAN):
        designs = [one for one in repo.linked(plan, "service-design") if one.data.get("plan") == plan.id]
        change = change_of(repo, plan)
        # The catalogue shows the service as it is: not yet as planned before the change is carried out, and once the
        # change is closed it may move on without the plan.
        shown = change and change.date("implemented_on") and not change.closed
        service = repo.find(str(plan.data.get("service", ""))) if shown else None
        for other in (*designs, *([service] if service else ())):
            if "depends_on" not in plan.data or "depends_on" not in other.data:
                continue
            if set(plan.ids("depends_on")) != set(other.ids("depends_on")):
                yield plan.flaw(
                    "depends_on",
                    f"{plan.id} depends on {_words(plan)}, {other.id} on {_words(other)}",
                    "Find out which is right; a dependency that was overlooked is a risk of the project.",
                )


def _words(artefact: Artefact) -> str:
    return ", ".join(artefact.ids("depends_on")) or "no other service"
