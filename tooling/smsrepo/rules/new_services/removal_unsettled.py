"""What belonged to a service that is gone belongs to somebody, or is gone too."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import REMOVAL, worked_with
from smsrepo.rules.rule import ERROR, Context, rule

_FIELDS = ("data", "documents", "components", "licences")


@rule(
    "removal-unsettled",
    severity=ERROR,
    requirements=["5.2-s8.2", "5.2-s8.3", "5.2-s8.4"],
    reads=["service", "component", REMOVAL, "change", "service-outcome"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Something that belonged to a removed service has no plan, or the plan for it was not carried out."""
    for plan in worked_with(repo, REMOVAL):
        service = repo.find(str(plan.data.get("service", "")))
        if service is None or service.data.get("stage") != "removed":
            continue
        planned = {str(entry.get("component", "")) for entry in plan.entries("components")}
        for index, id_ in enumerate(service.ids("components")):
            if id_ not in planned:
                yield service.flaw(
                    f"/components/{index}",
                    f"{service.id} is removed, and {plan.id} does not say what becomes of {id_}",
                    "Enter the component in the plan: withdrawn, transferred, or kept by other services.",
                )
        yield from _still_live(repo, plan, on.as_of)
        for report in repo.linked(plan, "service-outcome"):
            yield from _unproven(plan, report)


def _still_live(repo: Repo, plan: Artefact, today: date) -> Iterator[Flaw]:
    for entry in plan.entries("components"):
        component = repo.find(str(entry.get("component", "")))
        by = str(entry.get("by", ""))
        gone = entry.get("becomes") == "withdrawn" and by and by < today.isoformat()
        if gone and component and component.active:
            yield component.flaw(
                "stage",
                f"{plan.id} has {component.id} withdrawn by {by}, and it is still {component.data.get('stage')}",
                "Withdraw it and set its stage, or revise the plan.",
            )


def _unproven(plan: Artefact, report: Artefact) -> Iterator[Flaw]:
    settled = {str(entry.get("item")) for entry in report.entries("settled")}
    planned = [str(entry.get("id")) for field in _FIELDS for entry in plan.entries(field)]
    left = [id_ for id_ in planned if id_ not in settled]
    if left and report.closed:
        yield report.flaw(
            "settled" if "settled" in report.data else "plan",
            f"{report.id} is closed and does not say what became of `{'`, `'.join(left)}` of {plan.id}",
            "Enter for each what became of it, when, and what proves it.",
        )
