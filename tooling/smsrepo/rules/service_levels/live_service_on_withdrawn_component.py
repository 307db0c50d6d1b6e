"""A service that runs cannot rest on something that is gone."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.uses import uses


@rule(
    "live-service-on-withdrawn-component",
    severity=ERROR,
    requirements=["6.1-s9", "9.1-s4.1"],
    reads=["service", "component"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A live service uses a withdrawn component, directly or through another component."""
    told = set()
    for service in repo.all("service"):
        for source, pointer, entry in uses(repo, service) if service.active else ():
            if entry.type.name != "component" or not source.active or (source.path, pointer) in told:
                continue
            if entry.data.get("stage") == "withdrawn" or entry.status == "obsolete":
                told.add((source.path, pointer))
                through = "" if source is service else f" through {source.id}"
                yield source.flaw(
                    pointer,
                    f"{service.id} is {service.data['stage']}, but {entry.id}, used{through}, is withdrawn",
                    "Name the component that replaced it, or correct its stage.",
                )
