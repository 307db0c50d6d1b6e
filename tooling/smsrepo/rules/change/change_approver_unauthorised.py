"""Who may decide on a change depends on what can go wrong."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.change.policy import policy_on
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "change-approver-unauthorised",
    severity=ERROR,
    requirements=["9.2-s13"],
    reads=["change", "policy-change", "people", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A change was approved by somebody whom the change management policy does not authorise for it."""
    for change in repo.all("change", decision="approved"):
        approver, decided = change.data.get("approver"), change.date("decided_on")
        if approver not in on.settings.people or decided is None:
            continue
        policy = policy_on(repo, decided)
        if not policy.get("approvers"):
            continue
        roles = _roles(policy, change)
        if not roles:
            message = f"the policy lets nobody approve {_kind(change)}"
            yield change.flaw("category", message, "Correct the classification, or reject the request.")
        elif not _may(on.settings, policy, roles, change, decided):
            names = " or ".join(f"`{role}`" for role in roles)
            yield change.flaw(
                "approver",
                f"`{approver}` approved {_kind(change)} and was not {names} on {decided}",
                "Have it decided by a role that the policy names for it, and record who that was.",
            )


def _roles(policy: Mapping[str, Any], change: Artefact) -> list[str]:
    """The roles that the policy names for such a change; while its risk is open, those for any risk."""
    category, risk = change.data.get("category"), change.data.get("risk_level")
    rows = (
        row
        for row in policy["approvers"]
        if row.get("category") == category and row.get("major") is change.data.get("major_impact", False)
    )
    fitting = (row for row in rows if risk is None or "risk" not in row or risk in row["risk"])
    return list(dict.fromkeys(role for row in fitting for role in row.get("roles", ())))


def _may(
    settings: Settings, policy: Mapping[str, Any], roles: list[str], change: Artefact, day: date
) -> bool:
    """Whether the approver held one of the roles, or stands in because all who do take part in the change."""
    held = settings.roles_of(str(change.data["approver"]), day, day)
    if held & set(roles):
        return True
    taking_part = {change.data.get("requester"), change.data.get("implementer")}
    left = {person.id for role in roles for person in settings.holders(role, day)} - taking_part
    return not left and policy.get("approval_stand_in") in held


def _kind(change: Artefact) -> str:
    major = " with major impact" if change.data.get("major_impact") else ""
    risk = change.data.get("risk_level")
    return f"a change of category {change.data.get('category')}{major}" + (
        f" and {risk} risk" if risk else ""
    )
