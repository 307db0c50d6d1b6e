"""Columns on a terminal, and text that does nothing there but to be read."""

import re
from collections.abc import Sequence

_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines in which every column is as wide as its widest value."""
    shown = [list(heads), *([visible(value) for value in row] for row in rows)]
    widths = [max(len(row[n]) for row in shown) for n in range(len(heads))]
    return [
        "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def visible(text: str) -> str:
    """The text on one line, without characters that would act on a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)


def harmless(text: str) -> str:
    """The text with its lines, without characters that would act on a terminal."""
    return _ACTING.sub("?", text)
