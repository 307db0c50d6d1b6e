"""A complaint that the report does not know was made in vain."""

from collections import defaultdict
from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import Month, agreement_of, concerns, months, regular, where
from smsrepo.rules.rule import ERROR, Context, rule

_DAY = {"complaint": "received_on", "survey-result": "finished_on"}


@rule(
    "report-omits-complaint",
    severity=ERROR,
    requirements=["6.2-f", "7.1-s11.4"],
    reads=["service-report", "sla", *_DAY],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A complaint or survey of the period about the services of a report is not in it."""
    heard: dict[Month, list[Artefact]] = defaultdict(list)
    for type_, field in _DAY.items():
        for record in repo.all(type_):
            if day := record.date("recognised_on") or record.date(field):
                heard[day.year, day.month].append(record)
    for report, first, last in regular(repo):
        agreement = agreement_of(repo, report)
        satisfaction = report.data.get("satisfaction")
        told = set(satisfaction.get("evidence", ())) if isinstance(satisfaction, dict) else set()
        missing = [
            one.id for month in months(first, last) for one in heard.get(month, ())
            if one.id not in told and report.id not in one.ids("reported_in")
            and concerns(agreement, one.ids("services"), one.ids("customer") + one.ids("customers"))
        ]  # fmt: skip
        if missing:
            yield report.flaw(
                where(report, "satisfaction"),
                f"{', '.join(missing)} of the period is not in the evidence of `satisfaction`",
                "Add it, and say what it shows and how it stands.",
            )
