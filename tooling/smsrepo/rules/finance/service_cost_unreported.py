"""What was budgeted is looked at month by month."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import months, planned
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.periods import elapsed, runs


@rule(
    "service-cost-unreported",
    severity=ERROR,
    requirements=["6.4-s4.1", "6.4-s4.2"],
    reads=["budget", "cost-report", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A month of a budget has no cost report, or the report leaves out a service that had a budget."""
    allowed = on.settings.interval("cost_report")
    for budget in repo.issued("budget"):
        named = dict.fromkeys(months(budget))
        reports = {str(report.data.get("period")): report for report in repo.linked(budget, "cost-report")}
        if named and allowed:
            first = date.fromisoformat(f"{next(iter(named))}-01")
            due = [month for month in elapsed("month", first, None, allowed, on.as_of) if month in named]
            missing = [month for month in due if month not in reports]
            if missing:
                yield budget.flaw(
                    "period",
                    f"there is no cost report for {runs(due, missing)}; each was due within {allowed.words}",
                    "Take the actual costs from the books and record them: sms new cost-report.",
                )
        yield from _left_out(budget, reports)


def _left_out(budget: Artefact, reports: dict[str, Artefact]) -> Iterator[Flaw]:
    amounts = planned(budget)
    for month, report in reports.items():
        due = {service for (service, _), by_month in amounts.items() if by_month.get(month)}
        there = {line.get("service") for _, line in pointed(report, "lines")}
        if "lines" in report.data and due - there:
            yield report.flaw(
                "lines",
                f"{', '.join(sorted(due - there))} had a budget in {month} and is not in the report",
                "Add the actual costs of the service by element, 0 where there were none.",
            )
