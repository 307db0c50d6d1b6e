"""What a revision of a document changes against another: fields of its header, words of its text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from smsrepo.control.word_diff import Paragraph, word_diff
from smsrepo.load import front_matter, yaml_dialect
from smsrepo.load.history import CONTROL_FIELDS
from smsrepo.load.refusal import Refused
from smsrepo.load.text import decode

# Where a field of the outermost level starts; what is indented, a list or a comment below it belongs to it.
_FIELD = re.compile(r"^(?=[\w\"'])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the header before and after, as a reader would write it; "" where it is not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """All that differs. `rewritten`: the header is also written differently without saying anything else.

    For a document in YAML the text is every field that is not one of document control.
    """

    fields: tuple[FieldChange, ...]
    rewritten: bool
    text: tuple[Paragraph, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.rewritten or any(paragraph.changed for paragraph in self.text))


class _Parts(NamedTuple):
    """The header as written and as read, and the text."""

    header: str
    data: Mapping[str, Any]
    text: str


def document_diff(path: str, before: bytes, after: bytes) -> DocumentDiff:
    """Compare two contents of the file at a path. What cannot be read as a document is compared as text alone."""
    try:
        old, new = _parts(path, before), _parts(path, after)
    except Refused:
        words = word_diff(before.decode("utf-8", "replace"), after.decode("utf-8", "replace"))
        return DocumentDiff((), False, tuple(words))
    fields = tuple(_fields(old.data, new.data))
    rewritten = _without(old.header, fields) != _without(new.header, fields)
    return DocumentDiff(fields, rewritten, tuple(word_diff(old.text, new.text)))


def _parts(path: str, content: bytes) -> _Parts:
    written = decode(content)
    if path.endswith(".md"):
        parts = front_matter.split(written)
        return _Parts(parts.header, _mapping(parts.header), parts.body)
    whole = _mapping(written)
    blocks = [(_name(block) in CONTROL_FIELDS, block) for block in _FIELD.split(written)]
    header = "".join(block for controlled, block in blocks if controlled)
    data = _mapping(header)
    if data != {name: value for name, value in whole.items() if name in CONTROL_FIELDS}:
        raise Refused("a value goes on in the first column, where a field would start")
    return _Parts(header, data, "".join(block for controlled, block in blocks if not controlled))


def _mapping(written: str) -> Mapping[str, Any]:
    data = yaml_dialect.parse(written)
    if data is not None and not isinstance(data, dict):
        raise Refused("there are no fields")
    return data or {}


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after or (name in old) != (name in new):
            yield FieldChange(name, _words(before), _words(after))


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(one)}" for name, one in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _without(header: str, fields: tuple[FieldChange, ...]) -> str:
    changed = {change.name for change in fields}
    return "".join(block for block in _FIELD.split(header) if _name(block) not in changed)


def _name(block: str) -> str:
    return block.partition(":")[0].strip("\"' ")
