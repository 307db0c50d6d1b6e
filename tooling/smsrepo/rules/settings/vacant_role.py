"""Every document has an owner who is there, and somebody who can approve it."""

from collections.abc import Iterator

from smsrepo.control.settings import ASSIGNMENTS, CONTROL, Settings
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "vacant-role",
    severity=WARNING,
    requirements=["4.1.3-a"],
    reads=["roles", "assignments", "people", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A role that owns documents, or that must approve something, is held by nobody."""
    duties: dict[str, list[str]] = {}
    for role, ids in _owned(repo).items():
        more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
        duties.setdefault(role, []).append(f"owns {ids[0]}{more}")
    for role in dict.fromkeys(_approvers(on.settings)):
        duties.setdefault(role, []).append(f"must approve by {CONTROL}")
    for role, told in sorted(duties.items()):
        if role in on.settings.roles and not on.settings.holders(role, on.as_of):
            message = f"on {on.as_of} nobody holds the role `{role}`, which {' and '.join(told)}"
            hint = "Add a line that assigns an active person to the role, or name another role there."
            yield Flaw(ASSIGNMENTS, message, hint, "/assignments", at_key=True)


def _owned(repo: Repo) -> dict[str, list[str]]:
    """The ids of what each role owns; for a draft there is still time."""
    owned: dict[str, list[str]] = {}
    for artefact in repo.artefacts:
        if artefact.status == "issued" and isinstance(artefact.data.get("owner"), str):
            owned.setdefault(artefact.data["owner"], []).append(artefact.id)
    return owned


def _approvers(settings: Settings) -> Iterator[str]:
    """Roles without whose holder some revision, setting or disposal could never be approved."""
    for row in settings.approval_rows:
        yield from row.needed.approvers
        yield from row.minor.approvers if row.minor else ()
    yield from settings.policy_row.approvers if settings.policy_row else ()
    for kept in settings.retention_classes:
        yield from kept.disposal_approvers
