"""What several rules ask of budgets and cost reports: months, sums, and which policy judges them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.control.lifecycle import applies_on
from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed

ELEMENTS = (
    "assets-and-licences", "shared-resources", "overheads", "capital-and-operating", "external-services",
    "people", "facilities",
)  # fmt: skip
"""The cost elements of clause 6.4 a)."""


def months(budget: Artefact) -> list[str]:
    """The months of a budget in order, such as 2026-01; none where it does not name them."""
    period = budget.data.get("period", {})
    first, last = _number(period.get("from")), _number(period.get("to"))
    if first is None or last is None:
        return []
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]


def planned(budget: Artefact) -> dict[tuple[str, str], dict[str, int]]:
    """What a budget gives each service and element, by month."""
    amounts: dict[tuple[str, str], dict[str, int]] = {}
    for _, line in pointed(budget, "lines"):
        of_line = amounts.setdefault((line.get("service", ""), line.get("element", "")), {})
        for month, amount in zip(months(budget), line.get("monthly", ()), strict=False):
            of_line[month] = of_line.get(month, 0) + amount
    return amounts


def covering(repo: Repo, day: date) -> list[Artefact]:
    """The issued budgets whose period covers a day."""
    month = day.isoformat()[:7]
    return [budget for budget in repo.issued("budget") if month in months(budget)]


def summed(rows: Iterable[Mapping[str, Any]], by: str, figure: str) -> dict[str, int]:
    """A figure of several rows, added up by a field."""
    sums: dict[str, int] = {}
    for row in rows:
        key = row.get(by, "")
        sums[key] = sums.get(key, 0) + row.get(figure, 0)
    return sums


def percent(actual: float, budget: float) -> float:
    """How far a cost is over (or, negative, under) its budget in percent; 0 where nothing was budgeted."""
    return 0.0 if budget == 0 else (actual - budget) / budget * 100


def policies_on(repo: Repo, day: date | None) -> Iterator[Artefact]:
    """The budgeting and accounting policy, where its revision held on a day already."""
    return (p for p in repo.issued("policy-finance") if day is not None and applies_on(p, day))


def _number(month: object) -> int | None:
    year, _, rest = str(month).partition("-")
    return 12 * int(year) + int(rest) - 1 if year.isdigit() and rest.isdigit() else None
