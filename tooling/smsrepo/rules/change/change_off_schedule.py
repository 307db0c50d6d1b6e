"""Others plan by the schedule of change."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("change-off-schedule", severity=WARNING, requirements=["9.2-s16.1"], reads=["change"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A change went live before its scheduled day, or that day has passed and nothing is said of it."""
    for change in repo.all("change"):
        scheduled, implemented = change.date("scheduled_for"), change.date("implemented_on")
        if scheduled is None:
            continue
        if implemented and implemented < scheduled:
            yield change.flaw(
                "scheduled_for",
                f"{change.id} went live on {implemented}, but the schedule says {scheduled}",
                "Correct the date that is wrong; a change that moves is announced again.",
            )
        elif change.status == "approved" and implemented is None and scheduled < on.as_of:
            yield change.flaw(
                "scheduled_for",
                f"{change.id} was scheduled for {scheduled} and is not recorded as implemented",
                "Record what was done, or set the new day and tell those concerned.",
            )
