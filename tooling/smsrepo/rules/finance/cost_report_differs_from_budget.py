"""Costs are compared with what was approved, not with what would fit."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import months, planned
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "cost-report-differs-from-budget",
    severity=ERROR,
    requirements=["6.4-s4.1"],
    reads=["cost-report", "budget"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A cost report compares a service with another amount than its budget holds, or is outside its period."""
    for budget in repo.issued("budget"):
        amounts, since = planned(budget), effective_since(budget)
        for report in repo.linked(budget, "cost-report"):
            recorded = report.date("recorded_on")
            if since and recorded and recorded < since:
                continue  # an earlier revision of the budget held then
            yield from _differs(budget, report, amounts)


def _differs(
    budget: Artefact, report: Artefact, amounts: dict[tuple[str, str], dict[str, int]]
) -> Iterator[Flaw]:
    month = str(report.data.get("period"))
    if month not in months(budget):
        yield report.flaw(
            "period",
            f"{budget.id} does not cover {month}",
            "Name the budget of the month, or mend the month.",
        )
        return
    for pointer, line in pointed(report, "lines"):
        by_month = amounts.get((line.get("service", ""), line.get("element", "")), {})
        if line.get("budget", 0) != by_month.get(month, 0):
            yield report.flaw(
                f"{pointer}/budget",
                f"{budget.id} gives {line.get('service')} {by_month.get(month, 0)} for `{line.get('element')}`"
                f" in {month}, not {line.get('budget')}",
                "Take the amount from the budget; direct and apportioned lines count together.",
            )
