"""Text of authors (Markdown) made fit for the site: no raw HTML, links to pages, decisions shown.

The structure comes from the parser that checks read. Engines that build sites have parsers of their own, so
everything that any of them could take for markup of ours is neutralised here, outside code.
"""

import re
from textwrap import dedent
from typing import Any, NamedTuple

import pyromark

from smsrepo.model.ids import ID
from smsrepo.site.publication import Publication
from smsrepo.site.text.comments import without_comments
from smsrepo.site.text.edits import Edits
from smsrepo.site.text.glossary_terms import explained
from smsrepo.site.text.indentation import for_python_markdown
from smsrepo.site.text.insertions import closed_fence, code_lines
from smsrepo.site.text.markup import code, plain
from smsrepo.site.text.targets import picture, target_of

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_FOOTNOTES
)
_ID = re.compile(rf"\b{ID.pattern}\b")
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_MARKUP_IN_CODE = frozenset("<{")
_ANCHOR = re.compile(r"[\w.-]+")
_MARKUP = frozenset("<{[#`-=*+&>|_\\0123456789")


def publish(
    publication: Publication, text: str, source: str, page: str, *, top: int = 0, inline: bool = False
) -> str:
    """The text of the file `source` as it stands on a page.

    With `top`, headings start at that level (fields). Without it the text is a whole document:
    its first title is left out, for the page has one, and further titles become headings. For text that
    goes `inline`, blocks of code become inline code: without its lines such a block would be text with live HTML.
    """
    if _MARKUP.isdisjoint(text):
        return text.strip()
    text = for_python_markdown(dedent(text))
    edits = Edits(text)
    writer = _Writer(publication, edits, source, page, top, inline)
    for event, span in _PARSER.events_with_range(text, merge_text=True):
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        kind = next(iter(value)) if isinstance(value, dict) else value
        writer.take(name, kind, value, span["start"], span["end"])
    return _EMPTY_LINES.sub("", edits.result()).rstrip()  # what is indented stays so: it may be code


class _Open(NamedTuple):
    """A heading, link or image whose label is being read."""

    kind: str
    about: dict[str, Any]
    label: list[str]


class _Writer:
    """Turns the events of the parser into edits. Labels of links and headings are built anew from their text."""

    def __init__(
        self, publication: Publication, edits: Edits, source: str, page: str, top: int, inline: bool
    ) -> None:
        self._publication, self._edits, self._source, self._page = publication, edits, source, page
        self._top, self._inline = top, inline
        self._titled = bool(top)
        self._open: list[_Open] = []
        self._in_code = False
        self._lists, self._after_list = 0, False
        # Fields are short, and many of them make one page: only whole documents explain their words.
        explains = not top and source not in publication.glossary.sources
        self._glossary = publication.glossary if explains else None
        self._explained: set[str] = set()

    def take(self, name: str, kind: Any, value: Any, start: int, end: int) -> None:
        """One event, with the range of bytes it covers."""
        if name == "Start":
            self._begin(kind, value, start, end)
        elif name == "End" and kind in ("Link", "Image", "Heading"):
            self._end(start, end)
        elif name == "End" and kind == "Item":
            self._lists -= 1
        elif name == "End" and kind == "CodeBlock":
            self._in_code = False
        elif name in ("Code", "Text") and self._open:
            self._open[-1].label.append(code(value) if name == "Code" else plain(value))
        elif name == "Code":
            # Engines disagree on which backticks belong together; to some this is text.
            safe = _MARKUP_IN_CODE.isdisjoint(value)
            written = self._edits.source(start, end).replace("\n", " ") if safe else code(value)
            self._edits.put(start, end, written)
        elif name == "InlineHtml":
            self._html(start, end, inline=True)
        elif name == "Text" and not self._in_code:
            self._text(start, end)

    def _begin(self, kind: Any, value: Any, start: int, end: int) -> None:
        if kind in ("Link", "Image", "Heading"):
            self._open.append(_Open(kind, value[kind], []))
        elif kind == "Item":
            self._lists += 1
            self._after_list = True
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
        source = self._edits.source(start, end)
        if self._inline:
            self._edits.put(start, end, code(" ".join(source.split())))
        elif isinstance(style, dict):
            indent = self._edits.indent(start)
            margin = len(indent) if not self._lists and self._edits.at_margin(start, indent) else 0
            block = closed_fence(source, style["Fenced"], indent, margin)
            self._edits.put(start - margin, end, block)
        elif self._after_list and not _MARKUP_IN_CODE.isdisjoint(source):
            # Engines disagree on how far code in a list, or behind it, is indented; to some it is text.
            self._edits.put_outdented(start, end, code_lines(source), self._lists)
        else:
            self._edits.keep(start, end)

    def _html(self, start: int, end: int, *, inline: bool) -> None:
        indent = "" if inline else self._edits.indent(start)
        text = without_comments(self._edits.source(start, end), indent, inline=inline)
        # What was a block must end like one: as a paragraph it would swallow code that follows.
        self._edits.put(start, end, text if inline else text.rstrip("\n") + "\n\n")

    def _text(self, start: int, end: int) -> None:
        text = self._edits.source(start, end)
        self._ids(text, start)
        if self._glossary:
            for use in self._glossary.uses(text):
                if use.term.name not in self._explained:
                    self._explained.add(use.term.name)
                    first = start + len(text[: use.start].encode())
                    label = text[use.start : use.end]
                    self._edits.put(
                        first, first + len(label.encode()), explained(self._page, label, use.term)
                    )

    def _ids(self, text: str, start: int) -> None:
        at, before = start, 0
        for match in _ID.finditer(text):
            at += len(text[before : match.start()].encode())
            before = match.start()
            found = self._publication.repo.find(match[0])
            if found and found.path != self._source:
                self._edits.put(
                    at, at + len(match[0]), self._publication.artefact(self._page, found, match[0])
                )
