"""Structure of a document's Markdown: headings with anchors and words, links, decision marks."""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import pyromark

from smsrepo.model.artefact import Heading, Link

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_FOOTNOTES
)
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}


@lru_cache(4096)
def slugify(title: str, separator: str = "-") -> str:
    """The anchor of a heading: letters and digits of any language, lower case, joined by a dash."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFC", title)).strip().lower()
    return re.sub(r"[-\s]+", separator, kept)


class Structure(NamedTuple):
    """Headings and links of a text, and the (start, end) of its HTML in characters."""

    headings: list[Heading]
    links: list[Link]
    html: list[tuple[int, int]]


def structure(body: str, first_line: int) -> Structure:
    """The structure of a Markdown text; `first_line` is the file's line of its first."""
    lines = _Lines(body, first_line)
    html: list[tuple[int, int]] = []
    headings: list[Heading] = []
    links: list[Link] = []
    anchors: dict[str, int] = {}
    words, explicit = 0, ""
    title: str | None = None
    for event, span in _PARSER.events_with_range(body, merge_text=True):
        if isinstance(event, str):  # line breaks and rules
            continue
        text: Any = event.get("Text") or event.get("Code")
        if text:
            if title is None:
                words += len(text.split())
            else:
                title += text
        elif "Html" in event or "InlineHtml" in event:
            _extend(html, lines.character(span["start"]), lines.character(span["end"]))
        elif isinstance(start := event.get("Start"), dict):
            if heading := start.get("Heading"):
                _count(headings, words)
                words, title, explicit = 0, "", heading["id"] or ""
            elif link := start.get("Link") or start.get("Image"):
                links.append(Link(link["dest_url"], *lines.place(span["start"])))
        elif title is not None and isinstance(end := event.get("End"), dict) and "Heading" in end:
            anchor = _unique(explicit or slugify(title), anchors)
            place = lines.place(span["start"])
            headings.append(Heading(_LEVELS[end["Heading"]], anchor, title.strip(), place[0], 0))
            title = None
    _count(headings, words)
    return Structure(headings, links, html)


def _extend(spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a span; the lines of one HTML block come one by one and become one."""
    if spans and spans[-1][1] == start:
        start = spans.pop()[0]
    spans.append((start, end))


def _count(headings: list[Heading], words: int) -> None:
    if headings:
        headings[-1] = headings[-1]._replace(words=words)


def _unique(anchor: str, taken: dict[str, int]) -> str:
    """The anchor, or anchor_1, anchor_2 for repeated headings, as the site names them."""
    count = taken.get(anchor, 0)
    taken[anchor] = count + 1
    return f"{anchor}_{count}" if count else anchor


class _Lines:
    """Turns byte offsets, which the parser gives, into lines and columns (in characters)."""

    def __init__(self, text: str, first_line: int) -> None:
        self._raw = text.encode()
        self._first_line = first_line
        self._starts = [0, *accumulate(len(line) + 1 for line in self._raw.split(b"\n"))]

    def character(self, offset: int) -> int:
        """The offset in characters."""
        return len(self._raw[:offset].decode("utf-8", "replace"))

    def place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        column = len(self._raw[self._starts[index] : offset].decode("utf-8", "replace")) + 1
        return index + self._first_line, column
