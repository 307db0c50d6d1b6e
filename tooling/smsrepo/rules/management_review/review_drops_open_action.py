"""What one review decides, the next one asks for."""

from collections.abc import Iterator
from datetime import date

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
    still_open: dict[str, tuple[Artefact, Artefact]] = {}  # by action, with the review that decided it
    for day, review in held(repo):
        still_open = {id_: pair for id_, pair in still_open.items() if _is_open(pair[0], day)}
        listed = review.data.get("open_actions", ())
        named = {entry.get("action") for entry in listed} if isinstance(listed, list) else set()
        for id_, (_, origin) in still_open.items():
            if id_ not in named:
                yield review.flaw(
                    "open_actions",
                    f"{id_}, decided in {origin.id}, was open on {day} and is not among `open_actions`",
                    "Say how it stands, or put it before the next review.",
                )
        for action in _decided(repo, review):
            still_open.setdefault(action.id, (action, review))


def _is_open(action: Artefact, day: date) -> bool:
    verified = action.date("verified_on")
    return action.status != "cancelled" and not (verified is not None and verified <= day)


def _decided(repo: Repo, review: Artefact) -> Iterator[Artefact]:
    """The actions that a review set, by what it says or by what they say."""
    yield from (action for action in repo.linked(review, "action") if review.id in action.ids("source"))
    named = (repo.find(id_) for id_ in review.ids("actions"))
    yield from (action for action in named if action is not None and action.type.name == "action")
