"""Whether somebody is able to do the work can be said only where the work asks for something."""

from collections.abc import Iterator

from smsrepo.control.settings import ROLES
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "role-competence-undefined",
    severity=ERROR,
    requirements=["4.4.2-a"],
    reads=["roles", "assignments", "people"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A role that somebody holds names no competence."""
    for number, role in enumerate(repo.setting(ROLES).get("roles", ())):
        if "competence" not in role and on.settings.holders(role["id"], on.as_of):
            yield Flaw(
                ROLES,
                f"`{role['id']}` is held and does not say which competence it needs",
                "Add `competence` with education, training, skills and experience.",
                f"/roles/{number}/id",
            )
