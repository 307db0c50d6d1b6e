"""An agreement promises something about its own services only."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import targets


@rule("target-of-foreign-service", severity=ERROR, requirements=["6.1-s6.1"], reads=["sla"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A target is about a service that its agreement does not cover."""
    for sla in repo.all("sla"):
        covered = ", ".join(sla.ids("services"))
        for pointer, target in targets(sla):
            service = target.get("service")
            if service is not None and service not in sla.ids("services"):
                yield sla.flaw(
                    f"{pointer}/service",
                    f"`{target.get('id', '')}` is about {service}, but the agreement covers {covered}",
                    "Name one of the services of the agreement, or add the service to `services`.",
                )
