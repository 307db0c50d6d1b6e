"""The quick path for releases is for emergencies only."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "emergency-release-unfounded",
    severity=ERROR,
    requirements=["9.3-s5", "9.3-s6"],
    reads=["release", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An emergency release carries a change that is no emergency change."""
    for release in repo.all("release", kind="emergency"):
        for index, id_ in enumerate(release.ids("changes")):
            change = repo.find(id_)
            category = change.data.get("category") if change else None
            if category and category != "emergency":
                yield release.flaw(
                    f"/changes/{index}",
                    f"{release.id} is an emergency release and carries {id_}, a change of category {category}",
                    "Leave it for the next planned release, or plan the release as a minor one.",
                )
