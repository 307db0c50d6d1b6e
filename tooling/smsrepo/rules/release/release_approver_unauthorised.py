"""Who lets a release in answers for it, and does not hold the screwdriver."""

from collections.abc import Iterator
from typing import Any

from smsrepo.control.lifecycle import in_force
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.release.deployments import live
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-approver-unauthorised",
    severity=ERROR,
    requirements=["9.3-s10.2"],
    reads=["release", "deployment", "policy-release", "people", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A release was approved by somebody whom the release policy does not name for its kind, or who deployed it."""
    policies = list(repo.issued("policy-release"))
    for release in repo.all("release"):
        approver, day = release.data.get("approver"), release.date("approved_on")
        if approver not in on.settings.people or day is None:
            continue
        if any(deployment.data.get("operator") == approver for deployment in live(repo, release)):
            message = f"`{approver}` approved {release.id} and deployed it"
            yield release.flaw("approver", message, "Have it approved by somebody who does not deploy it.")
        rows = [row for policy in policies if in_force(policy, day) for row in policy.data.get("kinds", ())]
        roles = _roles(rows, release.data.get("kind"))
        if roles and not on.settings.roles_of(str(approver), day, day) & set(roles):
            names = " or ".join(f"`{role}`" for role in roles)
            message = (
                f"`{approver}` approved the {release.data['kind']} {release.id} and was not {names} on {day}"
            )
            yield release.flaw(
                "approver", message, "Have it approved by a role that the release policy names."
            )


def _roles(rows: list[Any], kind: object) -> list[str]:
    return [role for row in rows if row.get("kind") == kind for role in row.get("approvers", ())]
