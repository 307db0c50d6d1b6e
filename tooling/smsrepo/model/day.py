"""The day, and the moment, that a value of a file holds."""

from datetime import date, datetime


def day_in(value: object) -> date | None:
    """The day in a date or date-time; None where the value holds none."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def moment_in(value: object) -> datetime | None:
    """The moment in a date-time; None where the value holds none."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def before(one: datetime, other: datetime) -> bool:
    """Whether one comes before the other. A day, which has no time zone, and a moment are compared by their days."""
    if (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    return one.date() < other.date()
