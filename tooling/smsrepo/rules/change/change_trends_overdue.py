"""One change tells little, a hundred tell how we work."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "change-trends-overdue",
    severity=ERROR,
    requirements=["9.2-s23", "9.2-s24.1"],
    reads=["trend-analysis", "change", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Changes are made, and the analysis of their trends has fallen more than one planned interval behind."""
    interval, start = on.settings.interval("change_trends"), on.settings.operating_since
    last = max((day for day in _analysed(repo) if day <= on.as_of), default=start)
    if interval is None or last is None:
        return
    due = interval.after(interval.after(last))  # the span to be looked at, and as long again to do it
    made = [
        (day, change.id, change)
        for change in repo.all("change")
        if (day := change.date("implemented_on")) and last < day <= on.as_of
    ]
    if made and on.as_of > due:
        yield min(made)[2].flaw(
            "implemented_on",
            f"trends of changes are analysed up to {last}; planned is every {interval.words}",
            "Analyse the changes since then: sms new trend-analysis, with the subject changes.",
        )


def _analysed(repo: Repo) -> Iterator[date]:
    """The last day of each period that an analysis of changes looked at."""
    for analysis in repo.all("trend-analysis", subject="changes"):
        period = analysis.data.get("period")
        end = period.get("to") if isinstance(period, dict) else None
        if day := day_in(end):
            yield day
