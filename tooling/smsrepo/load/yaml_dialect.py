"""The YAML dialect of SMS files: YAML 1.2 core scalars, every place known, nothing that can surprise.

PyYAML's C parser composes the nodes; the constructor is ours. Refused with line and column: duplicate keys,
anchors, aliases, tags, directives, tabs, keys that are not text, nesting deeper than 40, several documents.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # there, but not declared

from smsrepo.load.refusal import Refused
from smsrepo.load.text import hidden, place
from smsrepo.load.yaml_scan import MAX_DEPTH, refuse_surprises, too_deep
from smsrepo.load.yaml_wording import refusal
from smsrepo.model.walk import escape

_NUMBER_START = frozenset("-+.0123456789")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BIGGEST = 1 << 53


class _Nodes(CParser):
    """Composes nodes without PyYAML's YAML 1.1 guesses about scalars."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return ""

    def descend_resolver(self, _parent: object, _index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def parse(text: str, first_line: int = 1) -> Any:
    """The data in a YAML text; raises Refused. `first_line` is the file's line of the text's first."""
    node = compose(text, first_line)
    return None if node is None else _construct(node, first_line, 0)


def compose(text: str, first_line: int = 1) -> Any:
    """The root node (or None), after everything dangerous has been refused."""
    tab = text.find("\t")
    if tab >= 0:
        line, column = place(text, tab)
        raise Refused("a tab stands here", line + first_line - 1, column, "Indent with spaces.")
    try:
        refuse_surprises(text, first_line)
        return _Nodes(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise refusal(error, first_line) from None
    except yaml.YAMLError:
        raise Refused("this is not YAML", first_line) from None


class Position(NamedTuple):
    """Where a value and its field name stand (line, column from 1), a scalar as written, and its characters."""

    value: tuple[int, int]
    key: tuple[int, int]
    written: str | None
    span: tuple[int, int]


def reads_as_text(value: str) -> bool:
    """Whether a plain scalar stays text here."""
    if value[:1] not in _NUMBER_START:
        return value not in _WORDS
    return not any(form.fullmatch(value) for form in (_INTEGER, _OCTAL_HEX, _FLOAT, _NOT_FINITE))


def positions(text: str, first_line: int = 1) -> dict[str, Position]:
    """The position of every value by JSON pointer, for text that parses."""
    root = compose(text, first_line)
    return (
        {}
        if root is None
        else {pointer: _position(node, key, first_line) for pointer, key, node in _walk(root, "")}
    )


def _position(node: Any, key: Any, first_line: int) -> Position:
    written = node.value if node.id == "scalar" else None
    span = (node.start_mark.index, node.end_mark.index)
    return Position(_place(node, first_line), _place(key or node, first_line), written, span)


def _walk(node: Any, pointer: str, key: Any = None) -> Iterator[tuple[str, Any, Any]]:
    yield pointer, key, node
    if node.id == "mapping":
        for name, value in node.value:
            yield from _walk(value, f"{pointer}/{escape(name.value)}", name)
    elif node.id == "sequence":
        for index, value in enumerate(node.value):
            yield from _walk(value, f"{pointer}/{index}")


def _place(node: Any, first_line: int) -> tuple[int, int]:
    return node.start_mark.line + first_line, node.start_mark.column + 1


def _construct(node: Any, first_line: int, depth: int) -> Any:
    kind = node.id
    if kind == "scalar":
        value = node.value
        if node.style:  # quoted or block: always text
            if node.style == '"' and (found := hidden(value)):  # an escape can bring back what was refused
                raise Refused(found, *_place(node, first_line), "Delete the escape.")
            return value
        return _scalar(value, node, first_line)
    if depth >= MAX_DEPTH:
        raise too_deep(*_place(node, first_line))
    depth += 1
    if kind == "sequence":
        return [_construct(item, first_line, depth) for item in node.value]
    data = {}
    for key, value in node.value:
        if key.id != "scalar" or not (key.style or isinstance(_scalar(key.value, key, first_line), str)):
            raise Refused("a field name must be text", *_place(key, first_line), "Put the name in quotes.")
        data[key.value] = _construct(value, first_line, depth)
    if len(data) != len(node.value):
        raise _duplicate(node, first_line)
    return data


def _scalar(value: str, node: Any, first_line: int) -> Any:
    """A plain scalar by the YAML 1.2 core schema."""
    if value[:1] not in _NUMBER_START:
        return _WORDS.get(value, value)
    if _INTEGER.fullmatch(value):
        if len(value) > 20 or abs(int(value)) > _BIGGEST:
            raise Refused(
                "the number is too large", *_place(node, first_line), "Put it in quotes to make it text."
            )
        return int(value)
    if _OCTAL_HEX.fullmatch(value):
        raise Refused(
            "a number in octal or hexadecimal", *_place(node, first_line), "Write it decimal, or in quotes."
        )
    if _FLOAT.fullmatch(value):
        number = float(value)
        if number in (float("inf"), float("-inf")):
            raise Refused("the number is too large", *_place(node, first_line))
        return number
    if _NOT_FINITE.fullmatch(value):
        raise Refused("not a finite number", *_place(node, first_line), "Put it in quotes to make it text.")
    return value


def _duplicate(node: Any, first_line: int) -> Refused:
    seen: dict[str, Any] = {}
    for key, _ in node.value:
        if key.value in seen:
            line, _column = _place(seen[key.value], first_line)
            return Refused(
                f"`{key.value}` stands here a second time (first in line {line})",
                *_place(key, first_line),
                "Keep one of the two.",
            )
        seen[key.value] = key
    raise AssertionError("called for a mapping without duplicates")
