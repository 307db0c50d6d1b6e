"""After a change somebody looks whether it did what it should."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "change-unreviewed",
    severity=ERROR,
    requirements=["9.2-s22.1"],
    reads=["change", "change-review", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A standard or normal change was closed without a review, or its review is overdue."""
    limit = on.settings.interval("change_review")
    for change in repo.all("change"):
        implemented = change.date("implemented_on")
        emergency = change.data.get("category") == "emergency"  # has a rule of its own
        if implemented is None or emergency or repo.linked(change, "change-review"):
            continue
        if change.closed:
            message, pointer = f"{change.id} is closed without a review", "status"
        elif limit and on.as_of > limit.after(implemented):
            message = (
                f"{change.id} was implemented on {implemented} and has no review; due within {limit.words}"
            )
            pointer = "implemented_on"
        else:
            continue
        yield change.flaw(
            pointer, message, "Record the review, or link one that covers it: sms new change-review."
        )
