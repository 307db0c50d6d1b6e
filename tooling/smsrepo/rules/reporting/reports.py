"""What several rules ask of service reports: which days they cover, whom they are for, what they list."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo

Month = tuple[int, int]


def span(period: object) -> tuple[date, date] | None:
    """First and last day of a month 2026-10, a quarter 2026-Q4, a half-year 2026-H1 or a year 2026."""
    year, _, part = str(period).partition("-")
    try:
        if part[:1] in ("Q", "H"):
            length = 3 if part[0] == "Q" else 6
            month = length * (int(part[1:]) - 1) + 1
        else:
            length, month = (1, int(part)) if part else (12, 1)
        first = date(int(year), month, 1)
        number = 12 * first.year + month - 1 + length
        return first, date(number // 12, number % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def regular(repo: Repo) -> Iterator[tuple[Artefact, date, date]]:
    """The reports on a period, with its first and last day; reports on a single event are left out."""
    for report in repo.all("service-report"):
        days = span(report.data.get("period"))
        if days and "about" not in report.data:
            yield report, *days


def months(first: date, last: date) -> Iterator[Month]:
    """The months from one day to another."""
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        yield number // 12, number % 12 + 1


def listed(report: Artefact, field: str) -> list[Any]:
    """What a report lists; nothing where it says none."""
    listed = report.data.get(field)
    return listed if isinstance(listed, list) else []


def results(repo: Repo, report: Artefact) -> Iterator[tuple[str, Artefact]]:
    """The measurements of a report, with their pointers."""
    for number, entry in enumerate(listed(report, "results")):
        measurement = repo.find(entry.get("measurement", ""))
        if measurement:
            yield f"/results/{number}/measurement", measurement


def agreement_of(repo: Repo, report: Artefact) -> Artefact | None:
    """The agreement a report is about; None for a report on the organisation as a whole."""
    return repo.find(report.data.get("agreement", ""))


def concerns(agreement: Artefact | None, services: tuple[str, ...], customers: tuple[str, ...]) -> bool:
    """Whether something about these services and customers belongs into the report on an agreement.

    Nothing named means all; a report on the organisation is about everything.
    """
    if agreement is None:
        return True
    touched = not services or set(services) & set(agreement.ids("services"))
    return bool(touched and (not customers or set(customers) & set(agreement.ids("customers"))))


def where(report: Artefact, field: str) -> str:
    """The place of a list that lacks something."""
    return field if field in report.data else "period"


Index = Mapping[Month, list[Artefact]]
