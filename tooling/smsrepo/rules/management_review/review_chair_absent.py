"""Who chairs is in the room."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("review-chair-absent", severity=ERROR, requirements=["4.5.4.3-s1"], reads=["management-review"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The chair of a management review is not among those who took part."""
    for review in repo.all("management-review"):
        chair = review.data.get("chair")
        if chair and chair not in review.ids("attendees"):
            yield review.flaw(
                "chair",
                f"`{chair}` chaired {review.id} but is not among its attendees",
                "Add the chair to the attendees, or name the person who really led the review.",
            )
