"""An emergency skips steps; the review afterwards shows that it was one."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.change.reviews import late
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "emergency-change-unreviewed",
    severity=ERROR,
    requirements=["9.2-s6", "9.2-s22.1"],
    reads=["change", "change-review", "nonconformity", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An emergency change was not reviewed in time as a true emergency."""
    limit = on.settings.interval("emergency_change_review")
    for change in repo.all("change", category="emergency"):
        implemented = change.date("implemented_on")
        if implemented is None or limit is None or on.as_of <= limit.after(implemented):
            continue
        reviews = [
            review for review in repo.linked(change, "change-review") if "emergency_justified" in review.data
        ]
        if not reviews:
            yield change.flaw(
                "implemented_on",
                f"{change.id} was an emergency and has no review that judges it as one; due within {limit.words}",
                "Record the review with `emergency_justified`: sms new change-review.",
            )
        elif flaw := late(repo, change, reviews, limit):
            yield flaw
