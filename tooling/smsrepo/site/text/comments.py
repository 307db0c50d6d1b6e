"""HTML of authors: comments go, decisions that are still open are shown, everything else becomes harmless."""

from collections.abc import Iterator

from smsrepo.site.text.edits import harmless
from smsrepo.site.text.insertions import decision

_OPEN, _CLOSE, _DECIDE = "<!--", "-->", "decide:"


def without_comments(html: str, indent: str, *, inline: bool) -> str:
    """The HTML as text, with notes in place of the comments that ask for a decision."""
    pieces = []
    for text, comment in _comments(html):
        pieces.append(harmless(text.encode()).decode())
        if comment.startswith(_DECIDE):
            pieces.append(decision(comment.removeprefix(_DECIDE), indent, inline=inline))
    return "".join(pieces)


def _comments(html: str) -> Iterator[tuple[str, str]]:
    """Each comment with the text before it; last the text behind, with no comment. A comment without end is text."""
    at = 0
    while (opened := html.find(_OPEN, at)) >= 0:
        close = html.find(_CLOSE, opened + len(_OPEN))
        if close < 0:
            break
        yield html[at:opened], html[opened + len(_OPEN) : close].strip()
        at = close + len(_CLOSE)
    yield html[at:], ""
