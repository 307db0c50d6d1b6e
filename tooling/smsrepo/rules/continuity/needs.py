"""What several rules ask of agreed needs and of what was tried against them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo

PLAN_FIELDS = ("continuity_plan", "availability_plan")
"""The fields in which an entry of needs names the plans that cover its service."""
_FIGURES = (
    "response_time", "availability", "restore_time", "recovery_time", "recovery_point", "maximum_outage",
)  # fmt: skip


def figures(need: Artefact) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The agreed figures of an entry, each with the name of its field."""
    for field in _FIGURES:
        figure = need.data.get(field)
        if isinstance(figure, dict):
            yield field, figure


def hours(need: Artefact, field: str) -> float | None:
    """A figure in hours; None where the entry has none there."""
    figure = dict(figures(need)).get(field, {})
    value = figure.get("value")
    return value if isinstance(value, int | float) and figure.get("unit") == "hours" else None


def pointed(artefact: Artefact, field: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a list with their pointers; nothing where the field holds none."""
    value = artefact.data.get(field)
    for index, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield f"/{field}/{index}", entry


def tests_by_plan(repo: Repo, until: date) -> dict[tuple[str, str], list[date]]:
    """The days of the tests up to a day, by plan and entry of needs, in order."""
    days: dict[tuple[str, str], list[date]] = {}
    for test in repo.all("plan-test"):
        held = test.date("held_on")
        if held and held <= until:
            for need in test.ids("requirements"):
                days.setdefault((str(test.data.get("plan", "")), need), []).append(held)
    for found in days.values():
        found.sort()
    return days


def covered(repo: Repo) -> Iterator[Artefact]:
    """The issued entries whose service is live."""
    for need in repo.issued("continuity-requirement"):
        service = repo.find(need.data.get("service", ""))
        if service and service.active:
            yield need
