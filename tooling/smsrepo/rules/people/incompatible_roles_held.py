"""Duties that check each other are in different hands."""

from collections.abc import Iterator

from smsrepo.control.settings import ASSIGNMENTS, ROLES
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "incompatible-roles-held",
    severity=WARNING,
    requirements=["4.1.3-a"],
    reads=["roles", "assignments", "people"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """One person holds two roles that sms/roles.yml declares incompatible."""
    apart = {
        frozenset((role["id"], other))
        for role in repo.setting(ROLES).get("roles", ())
        for other in role.get("incompatible_with", ())
    }
    held: dict[str, list[str]] = {}
    for number, assignment in enumerate(on.settings.assignments):
        if not assignment.holds(on.as_of):
            continue
        before = held.setdefault(assignment.person, [])
        for other in before:
            if frozenset((assignment.role, other)) in apart:
                yield Flaw(
                    ASSIGNMENTS,
                    f"{assignment.person} holds `{assignment.role}` and `{other}`, which must not be in one hand",
                    "End one of the two assignments and give the role to somebody else.",
                    f"/assignments/{number}/role",
                )
        before.append(assignment.role)
