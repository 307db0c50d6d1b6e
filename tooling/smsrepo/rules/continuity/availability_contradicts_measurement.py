"""One month of a service has one availability."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import day_after, first_day
from smsrepo.rules.service_levels.targets import judges, target_of


@rule(
    "availability-contradicts-measurement",
    severity=ERROR,
    requirements=["6.3.3-s1.3"],
    reads=["availability-measurement", "measurement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The figures of an availability measurement differ from the measurement of the agreement or from its target."""
    for record in repo.all("availability-measurement"):
        result = repo.find(record.data.get("measurement", ""))
        sla = repo.find(result.data.get("agreement", "")) if result else None
        target = target_of(sla, result.data.get("target")) if sla and result else None
        if result is None or sla is None or target is None:
            continue
        for field, value in _expected(record, result, sla, target).items():
            if value is not None and record.data.get(field, value) != value:
                yield record.flaw(
                    field,
                    f"{result.id} against `{target.get('id')}` of {sla.id} has {_shown(value)}, "
                    f"this record {_shown(record.data[field])}",
                    "Look the figure up in its source; name another measurement if this is not its own.",
                )


def _expected(
    record: Artefact, result: Artefact, sla: Artefact, target: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the record must say. A month within a longer window has its own figures, and its window must hold it."""
    period, month = result.data.get("period"), record.data.get("period")
    begin, end, day = first_day(period), day_after(period), first_day(month)
    within = bool(begin and end and day and begin <= day < end)
    same = {"service": target.get("service")}
    if judges(sla, begin):
        same["target_percent"] = target.get("threshold")
    if within and period != month:
        return same
    return {
        "period": period, **same, "availability_percent": result.data.get("actual"), "met": result.data.get("met"),
    }  # fmt: skip


def _shown(value: object) -> str:
    return {True: "met", False: "missed"}[value] if isinstance(value, bool) else str(value)
