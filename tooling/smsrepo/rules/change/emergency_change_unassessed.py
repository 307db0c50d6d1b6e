"""An emergency may be assessed afterwards, but it is assessed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "emergency-change-unassessed",
    severity=ERROR,
    requirements=["9.2-s6", "9.2-s14.1", "9.2-s14.2", "6.3.2-s6.1", "6.3.2-s6.2", "6.6.3-s1"],
    reads=["change", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An emergency change is still without an assessment when its review is due."""
    limit = on.settings.interval("emergency_change_review")
    for change in repo.all("change", category="emergency"):
        implemented = change.date("implemented_on")
        if implemented is None or limit is None or on.as_of <= limit.after(implemented):
            continue
        if "assessments" not in change.data:
            yield change.flaw(
                "implemented_on",
                f"{change.id} went live on {implemented} and has no assessment, {limit.words} and more later",
                "Make up the assessment in `assessments`; the review builds on it.",
            )
