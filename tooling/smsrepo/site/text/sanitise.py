"""The last gate before a browser: only markup that Material and we make ourselves gets through."""

import re

import nh3

_TEXT = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "img", "ins", "kbd", "li", "ol", "p", "pre", "section", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_DRAWING = {"svg", "g", "path", "rect", "text", "title"}
_ATTRIBUTES = {
    "*": {"class", "id", "title", "role", "aria-label", "aria-hidden", "tabindex"},
    "a": {"href"},
    "img": {"src", "alt"},
    "h2": {"data-search-exclude"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style", "scope"},
    "svg": {"viewBox", "width", "height", "preserveAspectRatio"},
    "rect": {"x", "y", "width", "height", "rx"},
    "path": {"d"},
    "text": {"x", "y"},
}
_CLEANER = nh3.Cleaner(
    tags=_TEXT | _DRAWING,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    filter_style_properties={"text-align"},
    strip_comments=True,
)
# The cleaner writes attributes in one way only, so that patterns are safe on what it returns.
_PICTURE = re.compile(r'<img(?:[^">]|"[^"]*")*>')
_FROM_HERE = re.compile(r' src="(?!/)[\w./%~+@=,()-]+"')


def sanitise(html: str) -> str:
    """The HTML of a page without anything that could run, or load from elsewhere."""
    cleaned = _PICTURE.sub(_own_picture, _CLEANER.clean(html))
    return cleaned.replace("<th>", '<th scope="col">').replace("<th style", '<th scope="col" style')


def _own_picture(picture: re.Match[str]) -> str:
    return picture[0] if _FROM_HERE.search(picture[0]) else ""
