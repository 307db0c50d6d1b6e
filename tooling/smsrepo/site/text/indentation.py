"""Lists as Python-Markdown wants them.

Authors write CommonMark: a list may follow a paragraph at once, and what belongs to an item is indented as
far as its text. Python-Markdown asks for an empty line and for four spaces.
"""

from bisect import bisect_right

import pyromark

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)
_STEP = 4


def for_python_markdown(text: str) -> str:
    """The text with its lists re-indented; other text stays as it is."""
    if not any(
        line.lstrip()[:1] in ("-", "*", "+") or line.lstrip()[:1].isdigit() for line in text.splitlines()
    ):
        return text
    raw = text.encode()
    lines = raw.split(b"\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    shift = [0] * len(lines)
    before: set[int] = set()
    depth = 0
    for event, span in _PARSER.events_with_range(text):
        kind = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        if kind[0] == "Start" and kind[1] == "Item":
            _indent(raw, span["start"], span["end"], starts, shift)
        elif kind[0] in ("Start", "End") and isinstance(kind[1], dict) and "List" in kind[1]:
            first = bisect_right(starts, span["start"]) - 1
            if kind[0] == "Start" and depth == 0 and first and lines[first - 1].strip():
                before.add(first)
            depth += 1 if kind[0] == "Start" else -1
    return "\n".join(_emitted(lines, shift, before))


def _indent(raw: bytes, start: int, end: int, starts: list[int], shift: list[int]) -> None:
    """Moves the lines of an item behind its first by what its marker is short of four columns."""
    marker = len(raw[start:end].split(None, 1)[0]) if raw[start:end].strip() else 1
    rest = raw[start + marker : end]
    width = marker + max(1, len(rest) - len(rest.lstrip(b" ")))
    if width > marker + 4:
        width = marker + 1
    for number in range(bisect_right(starts, start), bisect_right(starts, max(start, end - 1))):
        shift[number] += _STEP - width


def _emitted(lines: list[bytes], shift: list[int], before: set[int]) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(lines):
        if number in before:
            found.append("")
        text = line.decode()
        if text.strip() and shift[number] > 0:
            text = " " * shift[number] + text
        elif text.strip() and shift[number] < 0:
            text = text[min(-shift[number], len(text) - len(text.lstrip())) :]
        found.append(text)
    return found
