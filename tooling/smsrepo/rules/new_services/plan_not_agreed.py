"""Nobody is surprised by a service they have to live with."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS, change_of, customers_of, parties, worked_with
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import validity


@rule(
    "plan-not-agreed",
    severity=ERROR,
    requirements=["5.2-s3.1", "5.2-s3.2"],
    reads=[*PLANS, "change", "service", "customer", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A plan was approved before all customers of the service and all contributors had agreed to it."""
    for plan in worked_with(repo, *PLANS):
        change = change_of(repo, plan)
        decided = change.date("decided_on") if change else None
        if change is None or decided is None or change.data.get("decision") != "approved":
            continue
        agreed = parties(plan, "agreed_with")
        contributors = [str(entry.get("party", "")) for entry in plan.entries("contributors")]
        # Who came to the service after the decision had no part in it. The catalogue shows today's customers only.
        over = change.closed or change.date("implemented_on")
        customers = () if over else _customers(repo, plan, decided)
        for party in dict.fromkeys((*agreed, *customers, *contributors)):
            day = agreed.get(party)
            if day and day <= decided:
                continue
            when = f"agreed on {day}" if day else "is not among those who agreed"
            yield plan.flaw(
                "agreed_with",
                f"{change.id} was approved on {decided}, but {party} {when}",
                "Agree the plan with every customer of the service and every contributor first, and enter the day.",
            )


def _customers(repo: Repo, plan: Artefact, decided: date) -> Iterator[str]:
    """The customers of the service, those left out whose agreements for it all begin after the decision."""
    for id_ in customers_of(repo, plan):
        customer = repo.find(id_)
        slas = repo.linked(customer, "sla", by="customers") if customer else []
        begins = [validity(sla)[0] for sla in slas if plan.data.get("service") in sla.ids("services")]
        if not begins or any(day is None or day <= decided for day in begins):
            yield id_
