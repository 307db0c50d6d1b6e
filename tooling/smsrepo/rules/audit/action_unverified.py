"""Done is not yet effective: somebody looks."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.audit.occasions import first_after, occasions
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "action-unverified",
    severity=WARNING,
    requirements=["4.5.4.2-s10.1"],
    reads=["action", "audit-report", "management-review"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An action is done, and an audit or a management review has passed without anybody verifying it."""
    dated = occasions(repo, on.as_of)
    for action in repo.all("action", status="completed"):
        completed = action.date("completed_on")
        occasion = first_after(dated, completed) if completed else None
        if occasion:
            yield action.flaw(
                "status",
                f"{action.id} was done on {completed} and is not verified; "
                f"{occasion.record.id} followed on {occasion.day}",
                "Have somebody other than the owner check whether it worked.",
            )
