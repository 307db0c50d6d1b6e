"""A service is delivered at some time of the day."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("service-hours-empty", severity=ERROR, requirements=["6.1-s6.1"], reads=["sla", "ola", "service"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The service hours of a service or an agreement last no time."""
    for type_ in ("service", "sla", "ola"):
        for artefact in repo.issued(type_):
            hours = artefact.data.get("service_hours")
            if isinstance(hours, dict) and "from" in hours and hours.get("to") == hours["from"]:
                message = f"the day begins and ends at {hours['to']}"
                hint = "Enter from when to when the service is delivered. Around the clock is from 00:00 to 24:00."
                yield artefact.flaw("/service_hours/to", message, hint)
