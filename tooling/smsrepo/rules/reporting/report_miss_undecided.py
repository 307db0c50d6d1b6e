"""A red figure is followed by a decision."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import listed, regular, results, where
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "report-miss-undecided",
    severity=ERROR,
    requirements=["6.2-s4", "6.2-s5"],
    reads=["service-report", "measurement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A report shows a missed target and no decision."""
    for report, _, _ in regular(repo):
        missed = [one.id for _, one in results(repo, report) if one.data.get("met") is False]
        if missed and not listed(report, "decisions"):
            yield report.flaw(
                where(report, "decisions"),
                f"{', '.join(missed)} missed its target, and nothing was decided",
                "Decide on it, name the action, change or nonconformity, and tell those concerned.",
            )
