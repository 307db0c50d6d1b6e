"""The decide: and decided: marks: HTML comments in Markdown, comments behind a # in YAML."""

import re
from collections.abc import Iterator

from smsrepo.load.text import place
from smsrepo.model.artefact import Mark

_OPEN, _CLOSE = "<!--", "-->"
_MARK = re.compile(r"\s*(decided?):(.*)", re.DOTALL | re.IGNORECASE)
_YAML_COMMENT = re.compile(r"(?:^|(?<=[ \n]))#[ ]*(decided?):(.*)$", re.MULTILINE | re.IGNORECASE)
_HINT = re.compile(r"(?:#[ ]*|<!--\s*)decided?:", re.IGNORECASE)


def possible(text: str) -> bool:
    """Whether a text may hold a mark; looking closer costs as much as parsing the file once more."""
    return _HINT.search(text) is not None


def in_markdown(text: str, spans: list[tuple[int, int]]) -> Iterator[Mark]:
    """Marks in a document; `spans` are (start, end) of its HTML, so that examples in code are none."""
    for start, end in spans:
        yield from _in_comments(text, start, end)


def in_yaml(text: str, scalars: list[tuple[int, int]]) -> Iterator[Mark]:
    """Marks in a YAML file: comments outside its scalars (given as spans), and HTML comments inside them."""
    for match in _YAML_COMMENT.finditer(text):
        if not any(start <= match.start() < end for start, end in scalars):
            yield _mark(match[1], match[2], text, match.start())
    for start, end in scalars:
        yield from _in_comments(text, start, end)


def _in_comments(text: str, start: int, end: int) -> Iterator[Mark]:
    at = text.find(_OPEN, start, end)
    while at >= 0:
        close = text.find(_CLOSE, at, end)
        if close < 0:
            return
        match = _MARK.fullmatch(text, at + len(_OPEN), close)
        if match:
            yield _mark(match[1], match[2], text, at)
        at = text.find(_OPEN, close, end)


def _mark(word: str, question: str, text: str, at: int) -> Mark:
    return Mark(" ".join(question.split()), word.lower() == "decide", *place(text, at))
