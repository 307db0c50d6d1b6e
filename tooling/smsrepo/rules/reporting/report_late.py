"""A report is worth most on the day it was promised for."""

from collections.abc import Iterator
from datetime import timedelta

from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import regular
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "report-late",
    severity=WARNING,
    requirements=["6.2-s2"],
    reads=["report-description", "service-report"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A report went out later than its description allows, or before its period had ended."""
    for report, _, last in regular(repo):
        description, issued = repo.find(report.data.get("description", "")), report.date("issued_on")
        within = description.data.get("due_within") if description else None
        if issued is None or not within:
            continue
        due = Duration(within).after(last + timedelta(days=1))
        if issued > due:
            yield report.flaw(
                "issued_on",
                f"{report.id} was due on {due} and went out on {issued}",
                "Say in the report why it was late; look for the cause when it happens twice.",
            )
        elif issued <= last:
            yield report.flaw(
                "issued_on",
                f"{report.id} is about the time up to {last} and went out on {issued}",
                "Wait for the end of the period, or correct the day.",
            )
