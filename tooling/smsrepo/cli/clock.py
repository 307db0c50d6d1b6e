"""The clock of all commands. Steps enter on days in UTC, so everything is judged on one, wherever the command runs."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment in UTC, in whole seconds, as git and statements keep it."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """The day it is, in UTC."""
    return now().date()
