"""Everybody knows to which objective the own work contributes."""

from collections.abc import Iterator

from smsrepo.control.settings import ASSIGNMENTS
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "person-without-objective",
    severity=WARNING,
    requirements=["4.4.2-d"],
    reads=["objective", "assignments", "people"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Somebody holds roles, and none of them contributes to an objective."""
    objectives = [entry for entry in repo.issued("objective") if entry.active]
    moving = {role for entry in objectives for role in (*entry.ids("contributors"), *entry.ids("owner"))}
    if not objectives:
        return
    held: dict[str, list[tuple[int, str]]] = {}
    for number, assignment in enumerate(on.settings.assignments):
        if assignment.holds(on.as_of):
            held.setdefault(assignment.person, []).append((number, assignment.role))
    for person, roles in held.items():
        if not any(role in moving for _, role in roles):
            yield Flaw(
                ASSIGNMENTS,
                f"no objective names a role of {person} ({', '.join(role for _, role in roles)})",
                "Name the role as owner or under `contributors` of the objective that its work moves.",
                f"/assignments/{roles[0][0]}/person",
            )
