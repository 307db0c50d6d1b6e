"""A look at a YAML text before it is composed: what could hurt or surprise is refused by its events."""

import re
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # there, but not declared

from smsrepo.load.refusal import Refused

MAX_DEPTH = 40

# A block collection needs a column of its own (a list may share that of its map), and only this prefix of a line
# opens any: while it is shorter than 20, at most 40 of them are open at one place.
_DEEP_LINE = re.compile(r"^[ ?:-]{20}", re.MULTILINE)
_FLAT_LIST = re.compile(r"\[[\w ,.-]*\]")
_WRITE_OUT = "Write the value out, or put it in quotes."


def refuse_surprises(text: str, first_line: int) -> None:
    """Raise Refused for depth, anchors, aliases, tags and directives; costs little where there is no sign."""
    special = "&" in text or "*" in text or "!" in text or text.startswith("%") or "\n%" in text
    if special or _open_brackets(text) >= MAX_DEPTH or _DEEP_LINE.search(text):
        _scan(text, first_line)


def _open_brackets(text: str) -> int:
    """At least as many as can be open at one place, one aside: a flat list closes before the next begins."""
    count = text.count("[") + text.count("{")
    return count if count < MAX_DEPTH else count - len(_FLAT_LIST.findall(text))


def too_deep(line: int, column: int) -> Refused:
    """The refusal of a structure that is nested too deep."""
    return Refused(f"nested deeper than {MAX_DEPTH} levels", line, column, "Simplify the structure.")


def _scan(text: str, first_line: int) -> None:
    """Events need no recursion: a million open brackets are only a million events."""
    parser = CParser(text)
    depth = 0
    while (event := parser.get_event()) is not None:
        start: Any = event.start_mark  # libyaml's events always have one, though PyYAML's types doubt it
        line, column = start.line + first_line, start.column + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise too_deep(line, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        surprise = _surprise(event)
        if surprise:
            raise Refused(f"{surprise[0]} is not allowed", line, column, surprise[1])


def _surprise(event: Any) -> tuple[str, str] | None:
    if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
        return "a YAML directive (%)", "Delete the line."
    if isinstance(event, yaml.AliasEvent):
        return f"an alias (*{event.anchor})", _WRITE_OUT
    if getattr(event, "anchor", None):
        return f"an anchor (&{event.anchor})", _WRITE_OUT
    if getattr(event, "tag", None):
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f"a tag ({tag})", "Delete it, or put the value in quotes."
    return None
