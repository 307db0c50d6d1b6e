"""What several rules ask of needs and of the load that was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed

Need = Mapping[str, Any]


def newest(repo: Repo) -> Artefact | None:
    """The measurement of the last month measured; None where there is none."""
    measurements = [one for one in repo.all("capacity-measurement") if "period" in one.data]
    return max(measurements, key=lambda one: str(one.data["period"]), default=None)


def of_live_services(repo: Repo) -> Iterator[tuple[Artefact, str, Need]]:
    """Each need of the issued requirements of live services, with its pointer."""
    for requirement in repo.issued("capacity-requirement"):
        service = repo.find(requirement.data.get("service", ""))
        if service and service.active:
            yield from ((requirement, pointer, need) for pointer, need in pointed(requirement, "needs"))


def need_of(repo: Repo, result: Mapping[str, Any]) -> tuple[Artefact, Need] | None:
    """The requirement and need that a result is about; None where there is no such need."""
    requirement = repo.find(result.get("requirement", ""))
    if requirement is None or requirement.type.name != "capacity-requirement":
        return None
    needs = (need for _, need in pointed(requirement, "needs"))
    found = next((need for need in needs if need.get("id") == result.get("need")), None)
    return None if found is None else (requirement, found)


def reaches(need: Need, value: object, threshold: object) -> bool:
    """Whether a value reaches the threshold: at or above it, for an at-least need below it."""
    if not isinstance(value, int | float) or not isinstance(threshold, int | float):
        return False
    return value < threshold if need.get("comparison") == "at-least" else value >= threshold


def breaks(need: Need, value: object) -> bool:
    """Whether a value is beyond the agreed figure."""
    agreed = need.get("agreed")
    if not isinstance(value, int | float) or not isinstance(agreed, int | float):
        return False
    return value < agreed if need.get("comparison") == "at-least" else value > agreed
