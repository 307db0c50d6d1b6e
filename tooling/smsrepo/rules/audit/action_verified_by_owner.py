"""Whether an action worked is for somebody else to say."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("action-verified-by-owner", severity=ERROR, requirements=["4.5.4.2-s10.1"], reads=["action"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An action was verified by the person who owns it."""
    for action in repo.all("action"):
        owner = action.data.get("owner")
        if owner and action.data.get("verified_by") == owner:
            yield action.flaw(
                "verified_by",
                f"`{owner}` owns {action.id} and verified it as well",
                "Have somebody else check the result.",
            )
