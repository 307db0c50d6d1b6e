"""An action that did not work leaves the fault where it was."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "ineffective-action-unfollowed",
    severity=ERROR,
    requirements=["4.5.5.1-s6", "4.5.5.2-d"],
    reads=["action"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An action did not work, and no other action was decided in its place."""
    for action in repo.all("action", effectiveness="not-effective"):
        if not any(_follows(other, action) for other in repo.all("action")):
            yield action.flaw(
                "effectiveness",
                f"{action.id} was not effective, and no later action takes up the same matter",
                "Decide a new action and let it name the same source or this action: sms new action.",
            )


def _follows(other: Artefact, action: Artefact) -> bool:
    decided, verified = other.date("decided_on"), action.date("verified_on")
    if other is action or other.status == "cancelled" or not decided or (verified and decided < verified):
        return False
    shared = set(other.ids("source")) & set(action.ids("source"))
    return bool(shared) or action.id in other.ids("links") or other.id in action.ids("links")
