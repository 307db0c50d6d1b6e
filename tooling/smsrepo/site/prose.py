"""Text of authors (Markdown) made fit for the site: no raw HTML, links to pages, decisions shown.

The structure comes from the parser that checks read. Engines that build sites have parsers of their own, so
everything that any of them could take for markup of ours is neutralised here, outside code.
"""

import re
from typing import Any, NamedTuple

import pyromark

from smsrepo.site.edits import Edits, harmless
from smsrepo.site.indentation import for_python_markdown
from smsrepo.site.insertions import closed_fence, decision
from smsrepo.site.markup import code, plain
from smsrepo.site.publication import Publication
from smsrepo.site.targets import picture, target_of

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_FOOTNOTES
)
_ID = re.compile(r"\b[A-Z]{2,4}(?:-\d{4})?-\d{3,4}\b")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DECIDE = re.compile(r"\s*decide:\s*(.*?)\s*", re.DOTALL)
_ANCHOR = re.compile(r"[\w.-]+")
_MARKUP = frozenset("<{[#`-=*+&>|_\\0123456789")


def publish(publication: Publication, text: str, source: str, page: str, *, top: int = 0) -> str:
    """The text of the file `source` as it stands on a page.

    With `top`, headings start at that level (fields). Without it the text is a whole document:
    its first title is left out, for the page has one, and further titles become headings.
    """
    if _MARKUP.isdisjoint(text):
        return text.strip()
    text = for_python_markdown(text)
    edits = Edits(text)
    writer = _Writer(publication, edits, source, page, top)
    for event, span in _PARSER.events_with_range(text, merge_text=True):
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        kind = next(iter(value)) if isinstance(value, dict) else value
        writer.take(name, kind, value, span["start"], span["end"])
    return edits.result().strip()


class _Open(NamedTuple):
    """A heading, link or image whose label is being read."""

    kind: str
    about: dict[str, Any]
    label: list[str]


class _Writer:
    """Turns the events of the parser into edits. Labels of links and headings are built anew from their text."""

    def __init__(self, publication: Publication, edits: Edits, source: str, page: str, top: int) -> None:
        self._publication, self._edits, self._source, self._page, self._top = (
            publication,
            edits,
            source,
            page,
            top,
        )
        self._titled = bool(top)
        self._open: list[_Open] = []
        self._in_code = False

    def take(self, name: str, kind: Any, value: Any, start: int, end: int) -> None:
        """One event, with the range of bytes it covers."""
        if name == "Start":
            self._begin(kind, value, start, end)
        elif name == "End" and kind in ("Link", "Image", "Heading"):
            self._end(start, end)
        elif name == "End" and kind == "CodeBlock":
            self._in_code = False
        elif name in ("Code", "Text") and self._open:
            self._open[-1].label.append(code(value) if name == "Code" else plain(value))
        elif name == "Code":
            self._edits.put(start, end, self._edits.source(start, end).replace("\n", " "))
        elif name == "InlineHtml":
            self._html(start, end, inline=True)
        elif name == "Text" and not self._in_code:
            self._ids(start, end)

    def _begin(self, kind: Any, value: Any, start: int, end: int) -> None:
        if kind in ("Link", "Image", "Heading"):
            self._open.append(_Open(kind, value[kind], []))
        elif kind == "CodeBlock":
            self._in_code = True
            self._code_block(value[kind], start, end)
        elif kind == "HtmlBlock":
            self._html(start, end, inline=False)

    def _end(self, start: int, end: int) -> None:
        kind, about, parts = self._open.pop()
        label = "".join(parts).strip()
        text = (
            self._heading(about, label) if kind == "Heading" else self._link(kind, about["dest_url"], label)
        )
        if self._open:
            self._open[-1].label.append(text)
        else:
            self._edits.put(start, end, text)

    def _link(self, kind: str, target: str, label: str) -> str:
        place = (self._publication, self._source, self._page, target)
        if kind == "Image" and (address := picture(*place)):
            return f"![{label}]({address})"
        leads_to = target_of(*place)
        if kind == "Image" and not leads_to:
            label = f"{label} (image {plain(target)})".strip()
        nested = any(outer.kind == "Link" for outer in self._open)
        return f"[{label or plain(target)}]({leads_to})" if leads_to and not nested else label

    def _heading(self, about: dict[str, Any], label: str) -> str:
        level = int(about["level"][1])
        if not self._titled and level == 1:
            self._titled = True
            return "\n"
        level = min(6, level + self._top - 1) if self._top else max(2, level)
        anchor = about["id"] if about["id"] and _ANCHOR.fullmatch(about["id"]) else ""
        return f"{'#' * level} {label}{f' {{#{anchor}}}' if anchor else ''}\n"

    def _code_block(self, style: Any, start: int, end: int) -> None:
        if not isinstance(style, dict):
            self._edits.keep(start, end)
            return
        block = closed_fence(self._edits.source(start, end), style["Fenced"], self._edits.indent(start))
        self._edits.put(start, end, block)

    def _html(self, start: int, end: int, *, inline: bool) -> None:
        text = self._edits.source(start, end)
        indent = self._edits.indent(start)
        pieces = _COMMENT.split(text)
        for number in range(1, len(pieces), 2):
            question = _DECIDE.fullmatch(pieces[number])
            pieces[number] = decision(question[1], indent, inline=inline) if question else ""
        pieces[::2] = [harmless(piece.encode()).decode() for piece in pieces[::2]]
        self._edits.put(start, end, "".join(pieces))

    def _ids(self, start: int, end: int) -> None:
        text = self._edits.source(start, end)
        for match in _ID.finditer(text):
            found = self._publication.repo.find(match[0])
            if found and found.path != self._source:
                at = start + len(text[: match.start()].encode())
                self._edits.put(
                    at, at + len(match[0]), self._publication.artefact(self._page, found, match[0])
                )
