"""The facts of a change decide how far it is examined, not the wish to be quick."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS, naming
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "major-impact-unclassified",
    severity=ERROR,
    requirements=["5.1-s2", "9.2-s10"],
    reads=["change", *PLANS],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change introduces a service, or has a plan for one, and is classed as without major impact."""
    for change in repo.all("change", major_impact=False):
        if change.data.get("kind") == "new-service":
            why = "it introduces a new service"
        elif plans := naming(repo, change, *PLANS):
            why = f"{plans[0].id} plans it as a new, changed or removed service"
        else:
            continue
        yield change.flaw(
            "major_impact",
            f"{change.id} is classed as without major impact, but {why}",
            "Set `major_impact: true` with the criterion of the change management policy, and follow design and"
            " transition.",
        )
