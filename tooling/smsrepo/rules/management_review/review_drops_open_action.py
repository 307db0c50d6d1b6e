"""What one review decides, the next one asks for."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import held
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "review-drops-open-action",
    severity=ERROR,
    requirements=["4.5.4.3-g"],
    reads=["management-review", "action"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An action of an earlier management review was still open, and the review does not list it."""
    earlier: list[Artefact] = []
    for day, review in held(repo):
        listed = review.data.get("open_actions", ())
        named = {entry.get("action") for entry in listed} if isinstance(listed, list) else set()
        for action in repo.all("action"):
            verified = action.date("verified_on")
            done = action.status == "cancelled" or (verified is not None and verified <= day)
            origin = next((past for past in earlier if _decided(past, action)), None)
            if origin and not done and action.id not in named:
                yield review.flaw(
                    "open_actions",
                    f"{action.id}, decided in {origin.id}, was open on {day} and is not among `open_actions`",
                    "Say how it stands, or put it before the next review.",
                )
        earlier.append(review)


def _decided(review: Artefact, action: Artefact) -> bool:
    return review.id in action.ids("source") or action.id in review.ids("actions")
