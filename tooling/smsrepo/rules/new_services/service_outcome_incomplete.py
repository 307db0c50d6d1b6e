"""The report speaks of every promise, to everybody who was promised something."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.closest import did_you_mean
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS, parties
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "service-outcome-incomplete",
    severity=ERROR,
    requirements=["5.4-s5"],
    reads=["service-outcome", *PLANS],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An outcome report leaves out an expected outcome, invents one, or did not reach a party to the plan."""
    for report in repo.all("service-outcome"):
        plan = repo.find(str(report.data.get("plan", "")))
        if plan is None or plan.type.name not in PLANS:
            continue
        yield from _compared(report, plan)
        reached = parties(report, "reported_to")
        left = [party for party in parties(plan, "agreed_with") if party not in reached]
        if left and report.closed:
            yield report.flaw(
                "reported_to",
                f"{report.id} is closed and did not reach {', '.join(left)}",
                "Report to everybody who agreed to the plan, and enter the day.",
            )


def _compared(report: Artefact, plan: Artefact) -> Iterator[Flaw]:
    expected = [str(entry.get("id")) for entry in plan.entries("expected_outcomes")]
    reported = [str(entry.get("outcome")) for entry in report.entries("outcomes")]
    left = [id_ for id_ in expected if id_ not in reported]
    if left:
        yield report.flaw(
            "outcomes",
            f"{plan.id} expects `{'`, `'.join(left)}`, and {report.id} says nothing of it",
            "Give the result of every expected outcome, also of one that was missed.",
        )
    for index, id_ in enumerate(reported):
        if id_ not in expected:
            hint = did_you_mean(id_, expected, "Use the id of an expected outcome of the plan.")
            yield report.flaw(f"/outcomes/{index}/outcome", f"{plan.id} expects no `{id_}`", hint)
