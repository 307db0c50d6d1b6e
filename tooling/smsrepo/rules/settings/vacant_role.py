"""Every document has an owner who is there."""

from collections.abc import Iterator

from smsrepo.control.settings import ASSIGNMENTS
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("vacant-role", severity=WARNING, requirements=["4.1.3-a"], reads=["roles", "assignments", "people"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A role that owns documents is held by nobody."""
    owned: dict[str, list[str]] = {}
    for artefact in repo.artefacts:
        if artefact.status != "obsolete" and isinstance(artefact.data.get("owner"), str):
            owned.setdefault(artefact.data["owner"], []).append(artefact.id)
    for role, ids in sorted(owned.items()):
        if role in on.settings.roles and not on.settings.holders(role, on.as_of):
            more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
            message = f"on {on.as_of} nobody holds the role `{role}`, which owns {ids[0]}{more}"
            hint = "Add a line that assigns an active person to the role, or name another owner."
            yield Flaw(ASSIGNMENTS, message, hint, "/assignments", at_key=True)
