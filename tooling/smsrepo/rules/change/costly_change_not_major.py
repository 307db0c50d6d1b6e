"""Money that only the top may release is seldom spent on something small."""

from collections.abc import Iterator

from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import policies_on
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "costly-change-not-major",
    severity=WARNING,
    requirements=["5.1-s1", "9.2-s13"],
    reads=["change", "budget", "policy-finance", "people", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An approved change is not declared major, and costs more than any role with a limit may release."""
    costs = {
        (str(line.get("change")), line.get("amount", 0))
        for budget in repo.issued("budget")
        for _, line in pointed(budget, "planned_changes")
    }
    for id_, amount in sorted(costs):
        change = repo.find(id_)
        if change is None or change.data.get("major_impact") is not False:
            continue
        if change.data.get("decision") == "approved" and _beyond(repo, on.settings, change, amount):
            yield change.flaw(
                "major_impact",
                f"{change.id} costs {amount:,}, more than any limit of approval, and is not declared major",
                "Hold it against each criterion of the change management policy, and have it decided accordingly.",
            )


def _beyond(repo: Repo, settings: Settings, change: Artefact, amount: int) -> bool:
    """Whether the amount is above all limits of the policy, and the approver held no role without a limit."""
    day, approver = change.date("decided_on"), str(change.data.get("approver", ""))
    for policy in policies_on(repo, day):
        limits = {str(one.get("role")): one.get("up_to") for _, one in pointed(policy, "approval_limits")}
        highest = max((limit for limit in limits.values() if limit is not None), default=None)
        free = {role for role, limit in limits.items() if limit is None}
        if day and highest is not None and amount > highest:
            return not free & settings.roles_of(approver, day, day)
    return False
