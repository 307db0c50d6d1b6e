"""An incident or a request is over when the user says so, or has had time to."""

from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

WAIT = 2
"""Working days, Monday to Friday, from the one on which it was done."""
_DONE = {"incident": ("resolved_at", "resolved"), "service-request": ("fulfilled_at", "fulfilled")}


@rule(
    "incident-closed-early",
    severity=WARNING,
    requirements=["8.1-s3.1", "8.1-s3.2"],
    reads=["incident", "service-request"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident or request was closed without the user's word and before two working days had passed."""
    for type_name, (field, word) in _DONE.items():
        for record in repo.all(type_name, user_confirmed=False):
            done, closed = record.date(field), record.date("closed_at")
            if done and closed and closed < _waited(done):
                yield record.flaw(
                    "closed_at",
                    f"{record.id} was {word} on {done} and closed on {closed} without a user's word",
                    "Ask the user, and set `user_confirmed`; without an answer, wait two working days.",
                )


def _waited(done: date) -> date:
    """The day on which the waiting is over."""
    day = done
    for _ in range(WAIT):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day
