"""A dispute ends: settled, mediated or decided."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "dispute-unsettled",
    severity=ERROR,
    requirements=["7.2-s12"],
    reads=["dispute", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A dispute with a supplier is open for longer than the planned time."""
    limit = on.settings.interval("dispute_settlement")
    for dispute in repo.all("dispute"):
        raised = dispute.date("raised_on")
        if raised and limit and "settled_on" not in dispute.data and on.as_of > limit.after(raised):
            yield dispute.flaw(
                "raised_on",
                f"{dispute.id} was raised on {raised} and is not settled after {limit.words}",
                "Bring it to top management with a proposal to settle it, to name a mediator or to end it.",
            )
