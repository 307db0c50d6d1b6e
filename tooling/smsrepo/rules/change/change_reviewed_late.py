"""A review is of use while people remember and side effects can be told apart."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.change.reviews import late
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "change-reviewed-late",
    severity=WARNING,
    requirements=["9.2-s22.1"],
    reads=["change", "change-review", "nonconformity", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A standard or normal change was reviewed, but later than planned."""
    limit = on.settings.interval("change_review")
    for change in repo.all("change"):
        if limit is None or change.data.get("category") == "emergency":  # has a rule of its own
            continue
        flaw = late(repo, change, repo.linked(change, "change-review"), limit)
        if flaw:
            yield flaw
