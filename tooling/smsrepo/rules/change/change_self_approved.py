"""Four eyes see a change before it is made."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("change-self-approved", severity=ERROR, requirements=["9.2-s13"], reads=["change"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The person who asked for a change or carried it out approved it alone."""
    for change in repo.all("change", decision="approved"):
        approver = change.data.get("approver")
        if approver is None or change.data.get("category") == "standard":
            continue
        parts = [part for part in ("requester", "implementer") if change.data.get(part) == approver]
        if parts:
            yield change.flaw(
                "approver",
                f"`{approver}` approved {change.id} and is its {' and '.join(parts)}",
                "Have it decided by somebody who neither asks for the change nor carries it out.",
            )
