"""A budget adds up: months to lines, shares to a hundred, lines to services, services to the whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import months, summed
from smsrepo.rules.rule import ERROR, Context, rule

_Lines = list[tuple[str, Mapping[str, Any]]]


@rule("budget-sums-differ", severity=ERROR, requirements=["6.4-b", "6.4-s3"], reads=["budget"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The amounts of a budget do not add up, or the shares of a cost that is spread do not make 100 percent."""
    for budget in repo.issued("budget"):
        lines = list(pointed(budget, "lines"))
        yield from _within_lines(budget, lines)
        yield from _spread(budget, lines)
        yield from _totals(budget, lines)


def _within_lines(budget: Artefact, lines: _Lines) -> Iterator[Flaw]:
    long = len(months(budget))
    for pointer, line in lines:
        amounts = line.get("monthly", [])
        if long and "monthly" in line and len(amounts) != long:
            yield budget.flaw(
                f"{pointer}/monthly",
                f"{len(amounts)} amounts for the {long} months of the period",
                "Give each month of the period its amount, 0 where nothing is planned.",
            )
        elif "monthly" in line and sum(amounts) != line.get("total", sum(amounts)):
            yield _differs(budget, f"{pointer}/total", "the months of this line", sum(amounts), line["total"])


def _spread(budget: Artefact, lines: _Lines) -> Iterator[Flaw]:
    pools: dict[tuple[object, object], _Lines] = {}
    for pointer, line in lines:
        if line.get("assignment") == "apportioned":
            pools.setdefault((line.get("element"), line.get("nature")), []).append((pointer, line))
    for (element, _), pool in pools.items():
        shares = round(sum(line.get("share", 0) for _, line in pool), 2)
        if abs(shares - 100) > 0.05:
            yield budget.flaw(
                f"{pool[0][0]}/share",
                f"the shares of `{element}` make {shares:g} percent",
                "Spread the whole cost: the shares of an element make 100.",
            )
            continue
        whole = sum(line.get("total", 0) for _, line in pool)
        rounding = len(pool) * max(len(months(budget)), 1)
        for pointer, line in pool:
            due = whole * line.get("share", 0) / 100
            if "total" in line and abs(line["total"] - due) > rounding:
                yield budget.flaw(
                    f"{pointer}/total",
                    f"{line.get('share')} percent of {whole} are {due:.0f}, and the line holds {line['total']}",
                    "Mend the share or the amounts.",
                )


def _totals(budget: Artefact, lines: _Lines) -> Iterator[Flaw]:
    sums = summed((line for _, line in lines), "service", "total")
    totals = list(pointed(budget, "totals"))
    for pointer, entry in totals:
        of_service = sums.pop(entry.get("service", ""), 0)
        if entry.get("total") != of_service:
            what = f"the lines of {entry.get('service')}"
            yield _differs(budget, f"{pointer}/total", what, of_service, entry.get("total"))
    if sums and totals:
        yield budget.flaw(
            "totals",
            f"{', '.join(sorted(sums))} has lines and no total",
            "Add the whole cost of the service.",
        )
    whole = sum(entry.get("total", 0) for _, entry in totals)
    if totals and budget.data.get("total", whole) != whole:
        yield _differs(budget, "total", "the services", whole, budget.data["total"])


def _differs(budget: Artefact, pointer: str, what: str, right: int, written: object) -> Flaw:
    return budget.flaw(
        pointer, f"{what} add up to {right}, not to {written}", "Look for the wrong amount and mend it."
    )
