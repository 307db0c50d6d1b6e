"""Nobody judges the effect of their own work alone."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "change-reviewed-by-implementer",
    severity=WARNING,
    requirements=["9.2-s22.1"],
    reads=["change", "change-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change was reviewed by the person who carried it out."""
    for review in repo.all("change-review"):
        change = repo.find(str(review.data.get("change", "")))
        reviewer = review.data.get("reviewer")
        if change and reviewer and reviewer == change.data.get("implementer"):
            yield review.flaw(
                "reviewer",
                f"`{reviewer}` reviewed {change.id} and had carried it out",
                "Let somebody else review it and ask the implementer as a witness.",
            )
