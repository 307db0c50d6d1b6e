"""A service is taken away on a day that its customers know."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import REMOVAL, change_of, naming
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "service-removed-unplanned",
    severity=ERROR,
    requirements=["5.2-s7", "5.2-s8.1"],
    reads=["service", "change", REMOVAL],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A service is marked as removed without a removal plan whose change was approved and whose day has come."""
    for service in repo.issued("service"):
        if service.data.get("stage") != "removed":
            continue
        plans = [one for one in naming(repo, service, REMOVAL) if one.data.get("service") == service.id]
        day = max((day for one in plans if (day := one.date("removal_date"))), default=None)
        changes = [change for one in plans if (change := change_of(repo, one))]
        if not plans:
            problem = "no removal plan names it"
        elif changes and not any(change.data.get("decision") == "approved" for change in changes):
            problem = f"{changes[0].id} is not approved"
        elif day and day > on.as_of:
            problem = f"{plans[0].id} has it delivered until {day}"
        else:
            continue
        yield service.flaw(
            "stage",
            f"{service.id} is marked as removed, but {problem}",
            "Plan the removal with its customers first: sms new plan-service-removal. Until the day the stage is"
            " `retiring`.",
        )
