"""Whoever releases money may release that much."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import policies_on
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "expense-beyond-approval-limit",
    severity=ERROR,
    requirements=["6.4-c"],
    reads=["budget", "policy-finance"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A planned change of a budget was released by a role whose approval limit is lower."""
    for budget in repo.issued("budget"):
        for policy in policies_on(repo, budget.date("approved_on")):
            limits = {one.get("role"): one.get("up_to") for _, one in pointed(policy, "approval_limits")}
            for pointer, change in pointed(budget, "planned_changes"):
                role, amount = change.get("released_by"), change.get("amount", 0)
                if role not in limits:
                    may = "may release nothing"
                elif limits[role] is not None and amount > limits[role]:
                    may = f"may release {limits[role]}"
                else:
                    continue
                yield budget.flaw(
                    f"{pointer}/released_by",
                    f"{change.get('change')} costs {amount}, and `{role}` {may} by {policy.id}",
                    "Have a role with a higher limit decide, and enter that role and day.",
                )
