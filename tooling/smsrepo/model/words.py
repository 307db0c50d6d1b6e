"""Small matters of language."""

from collections.abc import Sequence

_AT_MOST, _NAMED = 5, 3


def count(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def few(names: Sequence[str]) -> str:
    """ "A, B, C", or of many the first: "A, B, C and 138 more"."""
    if len(names) <= _AT_MOST:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED:,} more"
