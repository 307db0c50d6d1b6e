"""No service lives without money."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import covering
from smsrepo.rules.rule import ERROR, Context, rule


@rule("live-service-unbudgeted", severity=ERROR, requirements=["6.4-s3"], reads=["service", "budget"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A live service has no line in a budget that covers the present month."""
    if not repo.by_type.get("budget"):
        return  # nothing is budgeted at all: sms gaps says so
    current = covering(repo, on.as_of)
    with_lines = {line.get("service") for budget in current for _, line in pointed(budget, "lines")}
    for service in repo.issued("service"):
        if not service.active or service.id in with_lines:
            continue
        where = f"in {current[0].id}" if current else f"in any budget for {on.as_of:%Y-%m}"
        yield service.flaw(
            "id",
            f"{service.id} ({service.title}) has no line {where}",
            "Budget the service by its cost elements, or correct the period of the budget.",
        )
