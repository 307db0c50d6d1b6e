"""Top management hears of every broken promise."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import held
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "review-omits-missed-target",
    severity=WARNING,
    requirements=["4.5.4.1-s4", "4.5.4.3-b"],
    reads=["management-review", "measurement", "service-report"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A target of an agreement was missed before a management review, and no input names the result or its answer."""
    reviews = held(repo)
    open_misses = sorted(
        (day, measurement.id, measurement)
        for measurement in repo.all("measurement", met=False)
        if "agreement" in measurement.data and (day := measurement.date("recorded_on"))
    )
    for day, review in reviews:
        named = {
            id_
            for entry in review.data.get("inputs", {}).values()
            for id_ in (entry.get("evidence", ()) if isinstance(entry, dict) else ())
        }
        named |= _shown(repo, named)
        due = [entry for entry in open_misses if entry[0] < day]
        open_misses = [entry for entry in open_misses if entry[0] >= day]  # one review answers for a miss
        missing = [one.id for _, _, one in due if not {one.id, str(one.data.get("action"))} & named]
        if missing:
            yield review.flaw(
                "/inputs/performance",
                f"{', '.join(missing)} missed its target and is in no input, nor is what answers it",
                "Name the measurement, its nonconformity or a report that shows it, or put it before the next review.",
            )


def _shown(repo: Repo, named: set[str]) -> set[str]:
    """The results that the reports among the evidence show."""
    return {
        entry.get("measurement", "")
        for id_ in named
        if (report := repo.find(id_)) and report.type.name == "service-report"
        and isinstance(report.data.get("results"), list)
        for entry in report.data["results"]
    }  # fmt: skip
