"""A review looks back, so the change comes first."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("change-reviewed-early", severity=ERROR, requirements=["9.2-s22.1"], reads=["change", "change-review"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change review is dated before the change was implemented."""
    for review in repo.all("change-review"):
        change = repo.find(str(review.data.get("change", "")))
        reviewed = review.date("reviewed_on")
        if change is None or change.type.name != "change" or reviewed is None:
            continue
        implemented = change.date("implemented_on")
        if implemented is None:
            message = f"{review.id} reviews {change.id}, which has no day of implementation"
            yield review.flaw("change", message, "Correct the change that is named, or complete its record.")
        elif reviewed < implemented:
            message = f"{review.id} is dated {reviewed}, but {change.id} was implemented on {implemented}"
            yield review.flaw("reviewed_on", message, "Correct the date, or review the change again.")
