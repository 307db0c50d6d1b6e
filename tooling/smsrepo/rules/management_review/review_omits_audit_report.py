"""Every audit ends on the table of top management."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import evidence, held
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "review-omits-audit-report",
    severity=ERROR,
    requirements=["4.5.4.3-f"],
    reads=["management-review", "audit-report"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An audit report that came out before a management review is not among its inputs."""
    told: set[str] = set()
    for day, review in held(repo):
        told.update(evidence(review, "audits"))
        for report in repo.all("audit-report"):
            reported = report.date("reported_on")
            if reported and reported < day and report.id not in told:
                told.add(report.id)  # one review answers for it, the first after the report
                yield review.flaw(
                    "/inputs/audits",
                    f"{report.id} came out on {reported} and is not in the evidence of `audits`",
                    "Name it if the review had it; if not, put it before the next review.",
                )
