"""The periods looked back on join without a gap."""

from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import successive
from smsrepo.rules.rule import WARNING, Context, rule


@rule("review-period-gap", severity=WARNING, requirements=["4.5.4.3-s1"], reads=["management-review"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Days between two management reviews were looked back on by neither."""
    for previous, review in successive(repo):
        stopped, start = _day(previous, "to"), _day(review, "from")
        if stopped and start and start > stopped + timedelta(days=1):
            yield review.flaw(
                "/period/from",
                f"{previous.id} looked at the time up to {stopped}, {review.id} starts on {start}",
                "Let the period start where the last one stopped, and look at what is missing.",
            )


def _day(review: Artefact, end: str) -> date | None:
    day = review.data.get("period", {}).get(end)
    return date.fromisoformat(day) if day else None
