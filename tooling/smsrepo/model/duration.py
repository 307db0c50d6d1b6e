"""Durations such as P12M, added to days by the calendar."""

import re
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

_FORM = re.compile(
    r"P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?"
)


class Duration:
    """An ISO 8601 duration. One month after 31 January is the last day of February."""

    def __init__(self, text: str) -> None:
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no duration such as P12M")
        self._text = text
        self._delta = _delta(match.groupdict())

    def after(self, day: date) -> date:
        """The day on which a duration that starts on `day` ends; at the latest the last day of year 9999."""
        try:
            end = day + self._delta
        except (OverflowError, ValueError):
            return date.max
        return end.date() if isinstance(end, datetime) else end

    def __str__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self._delta == other._delta

    def __hash__(self) -> int:
        return hash(repr(self._delta))

    @property
    def words(self) -> str:
        """For people: "12 months", "5 days"."""
        match = _FORM.fullmatch(self._text)
        parts = match.groupdict() if match else {}
        return " ".join(f"{n} {unit if n != '1' else unit[:-1]}" for unit, n in parts.items() if n)


def _delta(parts: dict[str, str | None]) -> relativedelta:
    number = {unit: int(text or 0) for unit, text in parts.items()}
    return relativedelta(
        years=number["years"],
        months=number["months"],
        days=7 * number["weeks"] + number["days"],
        hours=number["hours"],
        minutes=number["minutes"],
    )


def duration_in(value: object) -> Duration | None:
    """The duration in a field; None where it holds none."""
    try:
        return Duration(value) if isinstance(value, str) else None
    except ValueError:
        return None
