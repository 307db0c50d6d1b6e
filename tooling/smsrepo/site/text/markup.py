"""Small pieces of Markdown. Whatever comes from a file goes through `plain` or through prose.py."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

_PLAIN = str.maketrans(
    {
        "\\": "&#92;", "`": "&#96;", "*": "&#42;", "_": "&#95;", "[": "&#91;", "]": "&#93;", "|": "&#124;",
        "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": " ", "\r": " ",
    }
)  # fmt: skip


def plain(text: object) -> str:
    """Text that reads the same as inline Markdown, in tables as well."""
    return str(text).translate(_PLAIN)


def attribute(text: str) -> str:
    """Text for an attribute of HTML that stands in Markdown, where no character may start markup."""
    return plain(text).replace('"', "&quot;")


def unseen(text: str) -> str:
    """Words for those who listen to the page."""
    return f'<span class="sms-unseen">{plain(text)}</span>'


def link(label: str, target: str) -> str:
    """A link; `label` is Markdown."""
    return f"[{label}]({target})"


def code(text: str) -> str:
    """A short technical name."""
    return f"<code>{escape(text).translate(_PLAIN_CODE)}</code>"


def with_code(text: str) -> str:
    """Text in which `backticks` mark short technical names."""
    parts = text.split("`")
    return "".join(code(part) if number % 2 else plain(part) for number, part in enumerate(parts))


_PLAIN_CODE = str.maketrans({c: f"&#{ord(c)};" for c in "\\`*_[]|{}"})


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; heads and cells are inline Markdown."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(cell.replace(chr(10), ' ') or '&nbsp;' for cell in row)} |" for row in rows]
    return "\n".join(lines)


def cards(heads: Sequence[str], rows: Iterable[Sequence[str]], more: str = "") -> str:
    """A table whose rows stand below each other as cards where the screen is narrow; `more` is another class."""
    return f'<div class="{f"sms-cards {more}".strip()}" markdown>\n\n{table(heads, rows)}\n\n</div>'


def bullets(items: Iterable[str]) -> str:
    """A list; items are inline Markdown."""
    return "\n".join(f"- {item}" for item in items)


def small(content: str) -> str:
    """Secondary text, inline."""
    return f'<span class="sms-quiet">{content}</span>'


def trail(*steps: str) -> str:
    """The way down to a page that the menu does not list; steps are links."""
    return f'<p class="sms-trail" markdown="span">{" › ".join(steps)}</p>'


def badge(text: str, tone: str) -> str:
    """A state: a word with a shape of its own, so that it reads without colour.

    Tones: good, part, bad, wait, past, plain.
    """
    return f'<span class="sms-badge sms-badge--{tone}">{plain(text)}</span>'


def overdue(day: date, today: date) -> str:
    """The mark behind a day by which something is to be done; empty as long as it is not past."""
    return f" {badge('Overdue', 'bad')}" if day < today else ""


def blocks(*parts: str) -> str:
    """Blocks of Markdown with an empty line between; empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def rest(total: int, shown: int) -> str:
    """ "and 6 more", for a list that is cut; empty where it is not."""
    return f"and {total - shown:,} more" if total > shown else ""


def still_open(number: int) -> str:
    """ "3 open", "none open"."""
    return f"{number:,} open" if number else "none open"


def words(name: str) -> str:
    """A field name or enum value for people: "raised_on" is "Raised on"."""
    text = name.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
