"""What was not as required is said to those it was promised to."""

from collections import defaultdict
from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import Month, listed, months, regular, results, where
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "report-omits-nonconformity",
    severity=ERROR,
    requirements=["6.2-d"],
    reads=["service-report", "nonconformity", "measurement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A nonconformity of the period, or behind a result, stands neither in the report nor in an earlier one."""
    raised: dict[tuple[str, Month], list[Artefact]] = defaultdict(list)
    for nonconformity in repo.all("nonconformity"):
        if day := nonconformity.date("raised_on"):
            agreement = str(nonconformity.data.get("requirement", "")).partition(" ")[0]
            for about in {agreement, ""}:
                raised[about, (day.year, day.month)].append(nonconformity)
    told: dict[str, set[str]] = defaultdict(set)
    for report, first, last in sorted(regular(repo), key=lambda entry: (entry[2], entry[0].id)):
        about = str(report.data.get("agreement", ""))
        told[about].update(id_ for id_ in listed(report, "nonconformities") if isinstance(id_, str))
        wanted = {one.id for month in months(first, last) for one in raised.get((about, month), ())}
        wanted |= set(_behind_misses(repo, report))
        if missing := sorted(wanted - told[about]):
            yield report.flaw(
                where(report, "nonconformities"),
                f"{', '.join(missing)} is not among the nonconformities",
                "Name it: its cause and state are shown with the report.",
            )


def _behind_misses(repo: Repo, report: Artefact) -> Iterator[str]:
    for _, measurement in results(repo, report):
        action = repo.find(measurement.data.get("action", ""))
        if measurement.data.get("met") is False and action and action.type.name == "nonconformity":
            yield action.id
