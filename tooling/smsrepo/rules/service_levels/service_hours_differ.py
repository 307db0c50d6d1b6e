"""Customers read the hours in two places; both must say the same."""

from collections.abc import Iterator
from typing import Any

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_FIELDS = ("days", "from", "to", "time_zone", "exceptions")


@rule("service-hours-differ", severity=ERROR, requirements=["6.1-s9"], reads=["sla", "service"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service level agreement and the catalogue give different service hours."""
    for sla in repo.issued("sla"):
        agreed = sla.data.get("service_hours", {})
        for id_ in sla.ids("services"):
            service = repo.find(id_)
            listed = (
                service.data.get("service_hours", {}) if service and service.type.name == "service" else {}
            )
            for field in _FIELDS:
                if field in agreed and field in listed and _plain(agreed[field]) != _plain(listed[field]):
                    yield sla.flaw(
                        f"/service_hours/{field}",
                        f"`{field}` is {_shown(agreed[field])} here and {_shown(listed[field])} in {id_}",
                        "Agree one set of hours and write it into both files.",
                    )


def _plain(value: Any) -> Any:
    """Without what makes no difference: the order of days, line breaks, the reason for none."""
    if isinstance(value, dict):
        return None
    return frozenset(value) if isinstance(value, list) else " ".join(value.split())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "none"
    return ", ".join(value) if isinstance(value, list) else f"`{' '.join(value.split())}`"
