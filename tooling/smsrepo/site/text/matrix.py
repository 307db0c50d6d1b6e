"""A table with names at the left and at the top. It scrolls inside its frame, and the names at the left stay."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from smsrepo.site.text.markup import attribute


class Cell(NamedTuple):
    """A cell: HTML, a title that tells more, and a style."""

    content: str = ""
    title: str = ""
    style: str = ""


Row = tuple[str, Sequence[Cell]]
"""A row: its name (HTML), and its cells."""


def matrix(
    label: str,
    corner: str,
    heads: Sequence[str],
    rows: Iterable[Row],
    *,
    upright: bool = False,
    latest: bool = False,
) -> str:
    """One block of HTML. `heads` are HTML; names that stand upright take no more room than a letter.

    Where the `latest` matters most, and stands last, a table too wide for the screen starts scrolled to its end.
    """
    top = "".join(f'<th scope="col"><span>{head}</span></th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(map(_cell, cells))}</tr>' for name, cells in rows
    )
    style = f"{' sms-matrix--upright' if upright else ''}{' sms-matrix--latest' if latest else ''}"
    return (
        f'<div class="sms-matrix{style}" tabindex="0" role="region" aria-label="{attribute(label)}">'
        f'<table class="sms-matrix__table"><thead><tr><th scope="col">{corner}</th>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    title = f' title="{attribute(cell.title)}"' if cell.title else ""
    style = f' class="{cell.style}"' if cell.style else ""
    return f"<td{style}{title}>{cell.content}</td>"
