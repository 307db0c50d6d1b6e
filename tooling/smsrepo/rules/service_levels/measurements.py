"""Measurements with the agreements that set their targets."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.rules.service_levels.targets import judges


def measured(repo: Repo) -> Iterator[tuple[Artefact, Artefact]]:
    """Each measurement with its agreement, where this revision of it set the target at that time."""
    for measurement in repo.all("measurement"):
        agreement = repo.find(measurement.data.get("agreement", ""))
        if agreement is None or agreement.type.kind != "agreement":
            continue
        if judges(agreement, first_day(measurement.data.get("period"))):
            yield measurement, agreement


def first_day(period: object) -> date | None:
    """The first day of a month 2026-10, a quarter 2026-Q4 or a year 2026; None for anything else."""
    year, _, part = str(period).partition("-")
    try:
        month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part or 1)
        return date(int(year), month, 1)
    except ValueError:
        return None
