"""What the catalogue promises to fulfil can be checked."""

from collections import defaultdict
from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "requirement-untracked",
    severity=WARNING,
    requirements=["6.1-s5", "6.1-s9"],
    reads=["service", "service-requirement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A requirement of a live service has no entry with a criterion, or an entry names one that the service lacks."""
    tracked: dict[str, set[str]] = defaultdict(set)
    for requirement in repo.issued("service-requirement"):
        service = repo.find(requirement.data.get("service", ""))
        name = requirement.data.get("requirement")
        if service and name:
            tracked[service.id].add(name)
            if name not in {entry.get("id") for entry in service.data.get("requirements", ())}:
                yield requirement.flaw(
                    "requirement",
                    f"the entry of {service.id} has no requirement `{name}`",
                    "Correct the name, or bring the entry of the service in step.",
                )
    for service in repo.all("service"):
        for number, entry in enumerate(service.data.get("requirements", ()) if service.active else ()):
            if tracked and "id" in entry and entry["id"] not in tracked.get(service.id, ()):
                yield service.flaw(
                    f"/requirements/{number}/id",
                    f"`{entry['id']}` has no entry with a criterion and the target that covers it",
                    "Write one: sms new service-requirement.",
                )
