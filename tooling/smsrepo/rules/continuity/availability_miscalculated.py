"""Availability is arithmetic."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule

_ROUNDING = 0.005 + 1e-9


@rule(
    "availability-miscalculated",
    severity=ERROR,
    requirements=["6.3.3-s1.2"],
    reads=["availability-measurement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An availability does not follow from agreed time and downtime, or the downtime not from its outages."""
    for record in repo.all("availability-measurement"):
        service, announced, down = (
            record.data.get(f) for f in ("service_minutes", "announced_minutes", "downtime_minutes")
        )
        if isinstance(service, int) and isinstance(announced, int) and isinstance(down, int):
            yield from _percent(record, service - announced, down)
        if isinstance(down, int) and "unplanned_outages" in record.data:
            yield from _outages(record, down)


def _percent(record: Artefact, agreed: int, down: int) -> Iterator[Flaw]:
    stated = record.data.get("availability_percent")
    if agreed <= 0 or down > agreed:
        yield record.flaw(
            "downtime_minutes" if agreed > 0 else "announced_minutes",
            f"of {agreed} agreed minutes {down} cannot be lost",
            "Check the minutes in the monitoring.",
        )
    elif (
        isinstance(stated, int | float)
        and abs(stated - (right := (agreed - down) / agreed * 100)) > _ROUNDING
    ):
        yield record.flaw(
            "availability_percent",
            f"({agreed} − {down}) ÷ {agreed} is {right:.2f} %, not {stated} %",
            "Correct the figure, and the measurement that was taken from it.",
        )


def _outages(record: Artefact, down: int) -> Iterator[Flaw]:
    lost = sum(outage.get("minutes", 0) for _, outage in pointed(record, "unplanned_outages"))
    if lost != down:
        yield record.flaw(
            "downtime_minutes",
            f"{down} minutes were lost, and the outages add up to {lost}",
            "List every unplanned outage with its minutes.",
        )
