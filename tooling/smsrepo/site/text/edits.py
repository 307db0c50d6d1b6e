"""Replacements in a text by byte range, with everything between made harmless."""

import re


class Edits:
    """Collects what to replace and what to keep; the rest loses raw HTML, attribute lists and template marks."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self._edits: list[tuple[int, int, bytes]] = []

    def put(self, start: int, end: int, text: str) -> None:
        """Put a text in place of a range."""
        self._edits.append((start, end, text.encode()))

    def keep(self, start: int, end: int) -> None:
        """Leave a range as it is."""
        self._edits.append((start, end, self.raw[start:end]))

    def source(self, start: int, end: int) -> str:
        """The text of a range."""
        return self.raw[start:end].decode()

    def indent(self, start: int) -> str:
        """How far what follows a position is indented; behind the marker of a list that is the next four columns."""
        before = self.raw[self.raw.rfind(b"\n", 0, start) + 1 : start].decode()
        return before if not before.strip(" >") else " " * (-(-len(before) // 4) * 4)

    def put_outdented(self, start: int, end: int, text: str, lists: int) -> None:
        """Put a paragraph in place of indented code that stands so many lists deep."""
        line = self.raw.rfind(b"\n", 0, start) + 1
        before = self.raw[line:start]
        kept = " " * (4 * lists) if not before.strip() else before.rstrip().decode() + " "
        self.put(line, end, kept + text)

    def at_margin(self, start: int, indent: str) -> bool:
        """Whether nothing but these spaces stands before a position on its line."""
        return (
            not indent.strip(" ") and self.raw[self.raw.rfind(b"\n", 0, start) + 1 : start] == indent.encode()
        )

    def result(self) -> str:
        """The edited text. Of edits that overlap the outer one counts."""
        parts = []
        at = 0
        for start, end, text in sorted(self._edits, key=lambda edit: (edit[0], -edit[1])):
            if start >= at:
                parts += [harmless(self.raw[at:start]), text]
                at = end
        return b"".join([*parts, harmless(self.raw[at:])]).decode()


_MARKER = re.compile(rb"(?<!\\)(\\*)([<{])")
_ENTITIES = {b"<": b"&lt;", b"{": b"&#123;"}


def harmless(raw: bytes) -> bytes:
    """Markdown in which no engine finds raw HTML, attribute lists or template markers."""
    return _MARKER.sub(_neutral, raw) if b"<" in raw or b"{" in raw else raw


def _neutral(found: re.Match[bytes]) -> bytes:
    # Engines disagree on what a backslash escapes. The one before the character has done its work here; were it
    # to stay, some would show it, and others would show the entity letter by letter.
    slashes = found[1][: len(found[1]) // 2 * 2]
    return slashes + _ENTITIES[found[2]]
