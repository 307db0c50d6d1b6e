"""Services add up to the total, and a variance follows from its two figures."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import percent, summed
from smsrepo.rules.rule import ERROR, Context, rule

_FIGURES = ("budget", "actual", "year_budget", "year_forecast")


@rule("cost-report-sums-differ", severity=ERROR, requirements=["6.4-b", "6.4-s4.1"], reads=["cost-report"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The amounts of a cost report do not add up, or a variance is not that of its figures."""
    for report in repo.all("cost-report"):
        lines = [line for _, line in pointed(report, "lines")]
        services = list(pointed(report, "services"))
        for figure in ("budget", "actual"):
            sums = summed(lines, "service", figure)
            for pointer, entry in services:
                right = sums.pop(entry.get("service", ""), 0)
                if lines and entry.get(figure, right) != right:
                    what = f"the lines of {entry.get('service')}"
                    yield _differs(report, f"{pointer}/{figure}", what, right, entry[figure])
            if services and any(sums.values()):
                yield report.flaw(
                    "services",
                    f"{', '.join(sorted(sums))} has lines and no whole cost ({figure})",
                    "Add the service with its sums.",
                )
        yield from _total(report, [entry for _, entry in services])
        for pointer, entry in services:
            yield from _variance(report, pointer, entry)


def _total(report: Artefact, services: list[Mapping[str, Any]]) -> Iterator[Flaw]:
    total = report.data.get("total")
    if not isinstance(total, dict) or not services:
        return
    for figure in _FIGURES:
        right = sum(entry.get(figure, 0) for entry in services)
        if total.get(figure, right) != right:
            yield _differs(report, f"/total/{figure}", "the services", right, total[figure])
    yield from _variance(report, "/total", total)


def _variance(report: Artefact, pointer: str, entry: Mapping[str, Any]) -> Iterator[Flaw]:
    if not {"budget", "actual", "variance_percent"} <= entry.keys():
        return
    right = percent(entry["actual"], entry["budget"])
    if abs(entry["variance_percent"] - right) > 0.1:
        yield report.flaw(
            f"{pointer}/variance_percent",
            f"{entry['actual']} against {entry['budget']} is {right:+.1f} percent,"
            f" not {entry['variance_percent']:+g}",
            "Work it out again: actual minus budget, divided by the budget.",
        )


def _differs(report: Artefact, pointer: str, what: str, right: int, written: object) -> Flaw:
    return report.flaw(
        pointer, f"{what} add up to {right}, not to {written}", "Look for the wrong amount and mend it."
    )
