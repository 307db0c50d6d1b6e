"""A cost that nobody thought of is paid all the same."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import ELEMENTS
from smsrepo.rules.rule import ERROR, Context, rule


@rule("budget-element-missing", severity=ERROR, requirements=["6.4-a", "6.4-s3"], reads=["budget"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A budget has no amount for one of the seven cost elements and gives no reason for that."""
    for budget in repo.issued("budget"):
        there = {line.get("element") for _, line in pointed(budget, "lines") if line.get("total")}
        there |= {entry.get("element") for _, entry in pointed(budget, "without_cost")}
        missing = [element for element in ELEMENTS if element not in there]
        if missing:
            yield budget.flaw(
                "lines",
                f"{budget.id} has no amount for {', '.join(f'`{element}`' for element in missing)}",
                "Add the lines, or name the element in `without_cost` with the reason.",
            )
