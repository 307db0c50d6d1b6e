"""A service goes live through a release."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "service-changed-without-release",
    severity=ERROR,
    requirements=["5.4-s4"],
    reads=["service", "change", "release"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A live service was introduced or altered by a major change that no successful release brought out."""
    for service in repo.issued("service"):
        change = repo.find(str(service.data.get("change", ""))) if service.active else None
        if change is None or change.type.name != "change" or "implemented_on" not in change.data:
            continue
        weighty = change.data.get("kind") == "new-service" or change.data.get("major_impact") is True
        carried = any(
            release.data.get("outcome") == "successful"
            for release in repo.linked(change, "release", by="changes")
        )
        if weighty and not carried:
            yield service.flaw(
                "change",
                f"{service.id} is {service.data['stage']} by {change.id}, which no successful release carried",
                "Bring it out with a release and name the change there, or correct the stage.",
            )
