"""A report shows every target, also the one that was missed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import agreement_of, regular, results, span, where
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import targets


@rule(
    "report-omits-target",
    severity=ERROR,
    requirements=["6.2-a"],
    reads=["service-report", "measurement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A report leaves out a target of its agreement, or shows the result of another agreement or period."""
    for report, first, last in regular(repo):
        agreement = agreement_of(repo, report)
        shown = set()
        for pointer, measurement in results(repo, report):
            days = span(measurement.data.get("period"))
            foreign = agreement and measurement.data.get("agreement", agreement.id) != agreement.id
            outside = agreement and days and not (first <= days[0] and days[1] <= last)
            if foreign or outside:
                about = f"{measurement.data.get('agreement')} in {measurement.data.get('period')}"
                hint = "Show the measurement of this agreement and period."
                yield report.flaw(pointer, f"{measurement.id} is a result of {about}", hint)
            shown.add(measurement.data.get("target"))
        wanted = [target for _, target in targets(agreement)] if agreement else []
        missing = [
            f"`{target['id']}`" for target in wanted
            if target.get("window") == _window(first, last) and "id" in target and target["id"] not in shown
        ]  # fmt: skip
        if missing:
            yield report.flaw(
                where(report, "results"),
                f"no result of {', '.join(missing)}",
                "Add its measurement; a figure that is missing is shown as missing, with the reason.",
            )


def _window(first: object, last: object) -> str:
    months = {0: "month", 2: "quarter", 11: "year"}
    return months.get(getattr(last, "month", 0) - getattr(first, "month", 0), "")
