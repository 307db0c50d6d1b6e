"""Measurements with the agreements and measures that set their targets."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.rules.service_levels.targets import judges, target_of


def measured(repo: Repo) -> Iterator[tuple[Artefact, Artefact]]:
    """Each measurement with its agreement, where this revision of it set the target at that time."""
    for measurement in repo.all("measurement"):
        agreement = repo.find(measurement.data.get("agreement", ""))
        if agreement is None or agreement.type.kind != "agreement":
            continue
        if judges(agreement, first_day(measurement.data.get("period"))):
            yield measurement, agreement


def promised(repo: Repo) -> Iterator[tuple[Artefact, Artefact, Mapping[str, Any]]]:
    """Each measurement with what sets its target, an agreement or a measure, and with the target."""
    for measurement, agreement in measured(repo):
        if target := target_of(agreement, measurement.data.get("target")):
            yield measurement, agreement, target
    for measurement in repo.all("measurement"):
        measure = repo.find(measurement.data.get("measure", ""))
        if measure is None or measure.type.name != "measure":
            continue
        if judges(measure, first_day(measurement.data.get("period"))):
            target = {"unit": measure.data.get("unit", ""), **measure.data.get("target", {})}
            yield measurement, measure, target


def first_day(period: object) -> date | None:
    """The first day of a month 2026-10, a quarter 2026-Q4, a year 2026 or a span 2025-12/2026-05; None for
    anything else.
    """
    year, _, part = str(period).partition("/")[0].partition("-")
    try:
        month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part or 1)
        return date(int(year), month, 1)
    except ValueError:
        return None


def day_after(period: object) -> date | None:
    """The day after the last one of a period; None for anything that is no period."""
    text = str(period)
    begin = first_day(text.rpartition("/")[2])
    months = 3 if "-Q" in text else 12 if text.isdigit() else 1
    try:
        return begin + relativedelta(months=months) if begin else None
    except ValueError:  # beyond the calendar
        return None
