"""A page as HTML for paper: the Markdown that MkDocs would read, sanitised, with links that work inside one PDF."""

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from typing import NamedTuple

from markdown import Markdown  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig

from smsrepo.site.engines.material import read_markdown
from smsrepo.site.page import Page
from smsrepo.site.text.sanitise import sanitise

# The cleaner writes attributes in one way only, and no quote within a value: patterns are safe on what it returns.
_ATTRIBUTES = r'(?:[^">]|"[^"]*")*'
_TAG = re.compile(rf"<(/?)(\w+)({_ATTRIBUTES})>")
_ID, _HREF, _SRC, _CLASS = (re.compile(rf' {name}="([^"]*)"') for name in ("id", "href", "src", "class"))
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_KEPT = re.compile(r"(<svg\b.*?</svg>|<pre\b.*?</pre>)", re.DOTALL)
_DRAWN_LINK = re.compile(rf"<(/?)a\b{_ATTRIBUTES}>")
_SPACE_BEFORE = re.compile(r" (?=<(?:a|abbr|code|del|em|ins|kbd|span|strong|sub|sup)\b)")


class Text(NamedTuple):
    """The HTML of a page, and the anchors in it."""

    page: str
    html: str
    anchors: frozenset[str]


def text_of(page: Page) -> Text:
    """What a browser would get of a page, with its links as they are on the site."""
    html = sanitise(_reader().reset().convert(page.markdown))
    anchors = {unescape(found[1]) for tag in _TAG.finditer(html) for found in _ID.finditer(tag[3])}
    return Text(page.path, html, frozenset(anchors))


def linked(text: Text, places: Mapping[str, Text]) -> str:
    """The HTML of a page as a part of one PDF that holds the pages `places`, by path.

    Anchors get the path of their page in front, for they are unique only there. Links to other pages become plain text.
    """

    def target(href: str) -> str:
        if _WEB.match(href):
            return href
        path, _, anchor = href.partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(text.page), path)) if path else text.page
        if page not in places:
            return ""
        return f"#{anchor_of(page, anchor if anchor in places[page].anchors else '')}"

    rewritten = _Rewriting(target, text.page).of(text.html)
    return "".join(map(_laid_out, _KEPT.split(rewritten)))


def anchor_of(page: str, anchor: str = "") -> str:
    """Where a page begins in a PDF, or a place on it."""
    return "/".join(filter(None, (page.removesuffix(".md"), anchor)))


class _Rewriting:
    """Writes links, anchors and the addresses of pictures anew."""

    def __init__(self, target: Callable[[str], str], page: str) -> None:
        self._target, self._page = target, page
        self._open: list[str] = []

    def of(self, html: str) -> str:
        return _TAG.sub(self._tag, "".join(map(_unlinked, _KEPT.split(html))))

    def _tag(self, tag: re.Match[str]) -> str:
        closing, name, attributes = tag[1], tag[2], tag[3]
        if name == "a":
            return self._end() if closing else self._link(attributes)
        if closing:
            return tag[0]
        return f"<{name}{_SRC.sub(self._picture, _ID.sub(self._anchor, attributes))}>"

    def _link(self, attributes: str) -> str:
        found, anchor = _HREF.search(attributes), _ID.search(attributes)
        target = self._target(unescape(found[1])) if found else ""
        kept = self._anchor(anchor) if anchor else ""
        name = "a" if target else "span" if kept else ""
        self._open.append(name)
        if not target:
            return f"<span{kept}>" if kept else ""
        look = _CLASS.search(attributes)
        return f'<a{kept}{look[0] if look else ""} href="{escape(target)}">'

    def _end(self) -> str:
        name = self._open.pop() if self._open else ""
        return f"</{name}>" if name else ""

    def _anchor(self, found: re.Match[str]) -> str:
        return f' id="{escape(anchor_of(self._page, unescape(found[1])))}"'

    def _picture(self, found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._page), unescape(found[1])))
        return f' src="{escape(path)}"'


def _unlinked(part: str) -> str:
    """A drawing without its links, which lead to addresses of the site."""
    return _DRAWN_LINK.sub(r"<\1g>", part) if part.startswith("<svg") else part


def _laid_out(part: str) -> str:
    """Has each space in front of inline markup stand by itself.

    Where a text up to such a space is just as wide as its line, WeasyPrint (70.0) breaks it after its first word.
    """
    return part if part.startswith(("<svg", "<pre")) else _SPACE_BEFORE.sub("<span> </span>", part)


@cache
def _reader() -> Markdown:
    config = MkDocsConfig()
    config.markdown_extensions = ["toc", "tables", "fenced_code"]  # what MkDocs itself brings
    config.mdx_configs = {"toc": {"permalink": False}}
    read_markdown(config)
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
