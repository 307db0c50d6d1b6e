"""Months, quarters, half-years and years as measurements and reports name them."""

from collections.abc import Iterable, Iterator
from datetime import date

from smsrepo.model.duration import Duration

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def elapsed(window: str, start: date, end: date | None, allowed: Duration, as_of: date) -> Iterator[str]:
    """The whole periods from `start` to `end` (None: still) whose result must be there on a day."""
    step = _MONTHS.get(window)
    if step is None:
        return
    first = -(-_number(start, whole=start.day == 1) // step)
    for number in range(first * step, _number(as_of) - step + 1, step):
        after = date((number + step) // 12, (number + step) % 12 + 1, 1)
        if allowed.after(after) <= as_of and (end is None or after.toordinal() <= end.toordinal() + 1):
            yield _name(number, step)


def runs(all_: Iterable[str], missing: Iterable[str]) -> str:
    """For people: "2026-03, 2026-05 to 2026-07", what is missing of all periods in their order."""
    gaps, groups, before = set(missing), list[list[str]](), False
    for period in all_:
        if period in gaps and before:
            groups[-1].append(period)
        elif period in gaps:
            groups.append([period])
        before = period in gaps
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else run[0] for run in groups)


def _number(day: date, whole: bool = True) -> int:
    """Months since the year 0; the next one for a month that did not count from its first day."""
    return 12 * day.year + day.month - (1 if whole else 0)


def _name(number: int, step: int) -> str:
    year, month = divmod(number, 12)
    part = {1: f"-{month + 1:02}", 3: f"-Q{month // 3 + 1}", 6: f"-H{month // 6 + 1}", 12: ""}[step]
    return f"{year:04}{part}"
