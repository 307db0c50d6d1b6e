"""A volume beyond what was agreed is talked about before the targets suffer."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import agreement_of, listed, regular
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "workload-out-of-bounds",
    severity=WARNING,
    requirements=["6.1-s6.2", "6.2-c"],
    reads=["service-report", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A volume in a report lies outside the bounds of the agreement, and nothing was decided."""
    for report, _, _ in regular(repo):
        agreement, workload = agreement_of(repo, report), report.data.get("workload")
        agreed = agreement.data.get("workload", {}) if agreement else {}
        if not isinstance(workload, dict) or listed(report, "decisions"):
            continue
        for number, figure in enumerate(workload.get("figures", ())):
            value, lower, upper = figure.get("value"), agreed.get("lower"), agreed.get("upper")
            if figure.get("unit") != agreed.get("unit") or value is None or lower is None or upper is None:
                continue
            if not lower <= value <= upper:
                yield report.flaw(
                    f"/workload/figures/{number}/value",
                    f"{value:g} {agreed.get('unit', '')}; {lower:g} to {upper:g} are agreed",
                    "Review the agreement with the customer, and name in `decisions` what follows.",
                )
