"""A release carries decisions; it does not make them."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-change-unapproved",
    severity=ERROR,
    requirements=["9.3-s3.1", "9.2-s13"],
    reads=["release", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release was approved for the live environment although one of its changes was not, or only later."""
    for release in repo.all("release"):
        approved = release.date("approved_on")
        if approved is None or release.status in ("planned", "cancelled"):
            continue
        for index, id_ in enumerate(release.ids("changes")):
            change = repo.find(id_)
            if change is None or change.type.name != "change":
                continue
            decided = change.date("decided_on")
            if change.data.get("decision") != "approved":
                problem = "is not approved"
            elif decided and decided > approved:
                problem = f"was approved on {decided}"
            else:
                continue
            yield release.flaw(
                f"/changes/{index}",
                f"{release.id} was approved on {approved}, and its change {id_} {problem}",
                "Take the change out of the release, or have it decided first.",
            )
