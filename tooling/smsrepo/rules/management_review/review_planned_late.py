"""The next review is planned within the interval."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import held
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "review-planned-late",
    severity=WARNING,
    requirements=["4.1.1-f", "4.5.4.3-s1"],
    reads=["management-review", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The next management review is planned for a day after the interval ends."""
    interval = on.settings.interval("management_review")
    for day, review in held(repo)[-1:]:
        planned = review.date("next_review")
        if interval and planned and planned > interval.after(day):
            yield review.flaw(
                "next_review",
                f"the next review is planned for {planned}; it is due by {interval.after(day)}",
                "Plan it earlier, or have the interval in sms/control.yml changed.",
            )
