"""The plan works with the figures that are agreed today."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import Need, of_live_services
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.service_levels.targets import target_of


@rule(
    "capacity-need-differs-from-agreement",
    severity=WARNING,
    requirements=["6.5-b", "6.5-s1.2"],
    reads=["capacity-requirement", "service", "sla", "ola", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A capacity need repeats a bound or target of an agreement with another figure."""
    for requirement, pointer, need in of_live_services(repo):
        agreement = repo.find(need.get("agreement", ""))
        if agreement is None or not agreement.issued:
            continue
        for what, agreed in _agreed(agreement, need):
            if agreed is None:
                yield requirement.flaw(
                    f"{pointer}/{'target' if 'target' in need else 'workload_bound'}",
                    f"{agreement.id} has no {what}",
                    "Name a target or bound that the agreement has, or leave it out.",
                )
            elif agreed != need.get("agreed"):
                yield requirement.flaw(
                    f"{pointer}/agreed",
                    f"the {what} of {agreement.id} is {agreed}, and `{need.get('id')}` works with"
                    f" {need.get('agreed')}",
                    "Take over the figure, and look whether threshold and forecast still fit.",
                )


def _agreed(agreement: Artefact, need: Need) -> Iterator[tuple[str, object]]:
    """What the need says it repeats, with the figure in the agreement; None where there is none."""
    if bound := need.get("workload_bound"):
        yield f"{bound} bound of the workload", agreement.data.get("workload", {}).get(bound)
    if target := need.get("target"):
        found = target_of(agreement, target)
        yield f"target `{target}`", found.get("threshold") if found else None
