"""Every document has an owner who is there."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("vacant-role", severity=WARNING, requirements=["4.1.3-a"], reads=["roles", "assignments", "people"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A role that owns documents is held by nobody."""
    owned: dict[str, Artefact] = {}
    for artefact in repo.artefacts:
        if artefact.status != "obsolete" and isinstance(artefact.data.get("owner"), str):
            owned.setdefault(artefact.data["owner"], artefact)
    for role, artefact in sorted(owned.items()):
        if role in on.settings.roles and not on.settings.holders(role, on.as_of):
            message = f"nobody holds the role `{role}`, which owns {artefact.id} and perhaps more"
            yield Flaw("sms/assignments.yml", message, "Assign a person to the role.", "/assignments")
