"""Somebody has asked of every service what could stop it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "service-without-risk",
    severity=WARNING,
    requirements=["4.1.1-g", "4.5.3-d"],
    reads=["service", "risk"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service that is delivered has no open risk in the register."""
    risks = [risk for risk in repo.issued("risk") if risk.active]
    touched = {id_ for risk in risks for id_ in risk.ids("services")}
    for service in repo.all("service"):
        if risks and service.active and service.id not in touched:
            yield service.flaw(
                "id",
                f"no open risk names {service.id}",
                "Assess its risks, enter them with owner, rating and treatment: sms new risk.",
            )
