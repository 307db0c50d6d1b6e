"""Whether a target was reached is a comparison of two figures, not a view."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import reached, wanted


@rule(
    "service-outcome-misjudged",
    severity=ERROR,
    requirements=["5.4-s5"],
    reads=["service-outcome", *PLANS],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An outcome report says `met` where the figures say otherwise, or the reverse."""
    for report in repo.all("service-outcome"):
        plan = repo.find(str(report.data.get("plan", "")))
        if plan is None or plan.type.name not in PLANS:
            continue
        expected = {entry.get("id"): entry for entry in plan.entries("expected_outcomes")}
        for index, entry in enumerate(report.entries("outcomes")):
            outcome = expected.get(entry.get("outcome"), {})
            target = {**outcome, "threshold": outcome.get("target")}
            met = reached(target, entry.get("achieved"))
            if met is not None and entry.get("met") is (not met):
                yield report.flaw(
                    f"/outcomes/{index}/met",
                    f"{entry['achieved']} against {wanted(target)} is {'met' if met else 'missed'}",
                    "Correct `met` or the figure. A missed target is no fault: say why and what follows.",
                )
