"""Beyond the limit of the policy somebody decides."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import percent, policies_on
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "cost-deviation-unanswered",
    severity=ERROR,
    requirements=["6.4-s4.4"],
    reads=["cost-report", "policy-finance"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A closed cost report shows a deviation beyond the limits of the policy without a decision."""
    for report in repo.all("cost-report", status="closed"):
        for policy in policies_on(repo, report.date("recorded_on")):
            yield from _unanswered(report, policy.data.get("deviation_limits", {}))


def _unanswered(report: Artefact, limits: Mapping[str, Any]) -> Iterator[Flaw]:
    answered = {entry.get("service") for _, entry in pointed(report, "deviations")}
    total = report.data.get("total", {})
    least = limits.get("ignore_below_percent", 0) / 100
    for pointer, entry in pointed(report, "services"):
        if entry.get("service") in answered:
            continue
        for actual, budget in (("actual", "budget"), ("year_forecast", "year_budget")):
            large = abs(entry.get(actual, 0) - entry.get(budget, 0)) > least * total.get(budget, 0)
            if large and (flaw := _beyond(report, pointer, entry, actual, budget, limits, "service_percent")):
                yield flaw
                break
    if None not in answered:
        for actual, budget in (("actual", "budget"), ("year_forecast", "year_budget")):
            if flaw := _beyond(report, "/total", total, actual, budget, limits, "total_percent"):
                yield flaw
                break


def _beyond(
    report: Artefact,
    pointer: str,
    entry: Mapping[str, Any],
    actual: str,
    budget: str,
    limits: Mapping[str, Any],
    limit: str,
) -> Flaw | None:
    over = percent(entry.get(actual, 0), entry.get(budget, 0))
    if limit not in limits or abs(over) <= limits[limit]:
        return None
    who = entry.get("service", "the total")
    what = "the month" if actual == "actual" else "the forecast for the year"
    return report.flaw(
        f"{pointer}/{actual}",
        f"{who} is {over:+.1f} percent off its budget in {what}; beyond {limits[limit]:g} somebody decides",
        "Enter cause, decision and action under `deviations`, as the budgeting and accounting policy says.",
    )
