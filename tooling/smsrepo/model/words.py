"""Small matters of language."""

from collections.abc import Sequence
from decimal import Decimal

_AT_MOST, _NAMED = 5, 3


def count(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_figures(value: object) -> str:
    """A figure as it was recorded, thousands apart: never rounded, for that could carry it across a target."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    whole, point, rest = f"{Decimal(repr(value)):,f}".partition(".")
    return whole + point + rest if rest.strip("0") else whole


def few(names: Sequence[str]) -> str:
    """ "A, B, C", or of many the first: "A, B, C and 138 more"."""
    if len(names) <= _AT_MOST:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED:,} more"
