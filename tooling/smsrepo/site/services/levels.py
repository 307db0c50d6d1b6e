"""Targets of agreements with their results, month by month."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.model.words import in_figures
from smsrepo.site.text.markup import badge, plain, words

MEASUREMENT = "measurement"
MONTHS = 12
"""So many months a trend is long."""

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_UNITS = {"percent": "%", "working-days": "working days", "score": "points"}


class Target(NamedTuple):
    """A target of an agreement: `data` as the agreement states it."""

    agreement: Artefact
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id within the agreement."""
        return str(self.data.get("id", ""))

    @property
    def name(self) -> str:
        """What is measured, in words."""
        return words(str(self.data.get("measure", self.id)))

    @property
    def subject(self) -> str:
        """The id of the service or component that the target is for; "" where it names none."""
        return next((str(self.data[name]) for name in ("service", "component") if self.data.get(name)), "")

    @property
    def monthly(self) -> bool:
        """Whether each month has a result of its own."""
        return self.data.get("window") == "month"

    @property
    def threshold(self) -> float | None:
        """The figure agreed."""
        return _figure(self.data.get("threshold"))

    def with_unit(self, figure: object) -> str:
        """A figure in the unit of the target: "99.9 %"."""
        return f"{in_figures(figure)} {_unit(self.data, figure)}".strip()


class Levels:
    """Targets and results, looked up once. Months ("2026-10") are those that were over on the day of publication,
    and the one that ran, where it was measured before its end.
    """

    def __init__(self, repo: Repo, as_of: date) -> None:
        self.targets = [target for artefact in repo.artefacts for target in targets_of(artefact)]
        self.by_subject: dict[str, list[Target]] = {}
        for target in self.targets:
            if target.subject:
                self.by_subject.setdefault(target.subject, []).append(target)
        self.months: dict[str, list[Artefact]] = {}
        self._results: dict[tuple[str, str], dict[str, Artefact]] = {}
        for record in repo.by_type.get(MEASUREMENT, ()):
            self._enter(record, f"{as_of:%Y-%m}")
        self._as_of = as_of

    def _enter(self, record: Artefact, present: str) -> None:
        period = str(record.data.get("period", ""))
        if not record.data.get("agreement"):
            return  # the result of a measure of a process
        key = (str(record.data["agreement"]), str(record.data.get("target")))
        self._results.setdefault(key, {})[period] = record
        if _MONTH.fullmatch(period) and period <= present:
            self.months.setdefault(period, []).append(record)

    @property
    def month(self) -> str:
        """The latest month that was measured; "" where none was."""
        return max(self.months, default="")

    @cached_property
    def window(self) -> tuple[str, ...]:
        """The twelve months up to the last one that is over or was measured, the oldest first."""
        last = max(self.month, month_before(self._as_of))
        year, month = (int(part) for part in last.split("-"))
        numbers = range(year * 12 + month - MONTHS, year * 12 + month)
        return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)

    @property
    def late(self) -> bool:
        """Whether a whole month before the last one is still without any result."""
        return self.month < self.window[-2]

    def latest(self, target: Target) -> Artefact | None:
        """The measurement of the latest period."""
        found = self._of(target)
        return found[max(found)] if found else None

    def result(self, target: Target, period: str) -> Artefact | None:
        """The measurement of a period."""
        return self._of(target).get(period)

    def trend(self, target: Target) -> list[Artefact | None]:
        """The measurements of the window; None for a month without one."""
        found = self._of(target)
        return [found.get(month) for month in self.window]

    def misses(self, targets: Sequence[Target]) -> Iterator[tuple[Target, Artefact]]:
        """What was missed in the window, the latest first."""
        for number in reversed(range(len(self.window))):
            for target in targets:
                record = self._of(target).get(self.window[number])
                if record and not met(record):
                    yield target, record

    def unmeasured(self, targets: Sequence[Target]) -> int:
        """How many monthly targets of agreements in use have no result of the latest month."""
        return sum(
            target.monthly and target.agreement.active and self.month not in self._of(target)
            for target in targets
        )

    def _of(self, target: Target) -> Mapping[str, Artefact]:
        return self._results.get((target.agreement.id, target.id), {})


def targets_of(artefact: Artefact) -> list[Target]:
    """The targets of an agreement; none for anything else."""
    found = artefact.data.get("targets") if artefact.type.kind == "agreement" else None
    return [Target(artefact, t) for t in found if isinstance(t, dict)] if isinstance(found, list) else []


def month_before(day: date) -> str:
    """The month before that of a day: "2026-10"."""
    before = day.year * 12 + day.month - 2
    return f"{before // 12:04}-{before % 12 + 1:02}"


def met(record: Artefact) -> bool:
    """Whether the measurement says that the target was met."""
    return record.data.get("met") is True


def actual(record: Artefact) -> float | None:
    """The result as a figure."""
    return _figure(record.data.get("actual"))


def verdict(record: Artefact) -> str:
    """Met or missed, as a badge."""
    return badge("Met", "good") if met(record) else badge("Missed", "bad")


def agreed(target: Mapping[str, Any]) -> str:
    """ "at least 99.9 %, each month": a result for each, no total."""
    threshold = target.get("threshold")
    parts = [
        words(str(target.get("comparison", ""))).lower(),
        in_figures(threshold),
        _unit(target, threshold),
    ]
    return plain(f"{' '.join(part for part in parts if part)}, each {target.get('window', 'period')}")


def _unit(target: Mapping[str, Any], figure: object) -> str:
    name = str(target.get("unit", ""))
    unit = _UNITS.get(name, name)
    return unit.removesuffix("s") if figure == 1 else unit


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
