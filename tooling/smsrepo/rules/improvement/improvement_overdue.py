"""Approved means done by a day."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "improvement-overdue",
    severity=WARNING,
    requirements=["4.5.5.2-s4", "4.5.5.2-b", "4.5.5.2-d"],
    reads=["improvement"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An approved improvement is past its due day, or its result was not measured by the day of the target."""
    for improvement in repo.all("improvement"):
        due = improvement.date("due")
        if improvement.status == "approved" and due and due < on.as_of:
            yield improvement.flaw(
                "due",
                f"{improvement.id} was due on {due}, {count((on.as_of - due).days, 'day')} ago",
                "Finish it within a month, or have the level that approved it set a new day.",
            )
        for number, target in enumerate(improvement.data.get("targets", ())):
            by = str(target.get("by", ""))
            if improvement.status == "implemented" and "measured" not in target and by and by < f"{on.as_of}":
                yield improvement.flaw(
                    f"/targets/{number}/by",
                    f"`{target.get('measure', number + 1)}` was to be measured by {by}",
                    "Measure it with the method of the baseline, and enter figure, day and method.",
                )
