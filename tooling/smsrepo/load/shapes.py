"""What a field must hold, in words: for people who write files, not schemas."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from smsrepo.load.schema_files import SchemaFiles

_KINDS = {
    "string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "map",
    "null": "empty",
}  # fmt: skip
_FORMATS = {"date": "date", "date-time": "date and time", "email": "e-mail address", "uuid": "UUID"}
_MOST_LEVELS = 4


class Part(NamedTuple):
    """A field of a map: whether it must be there, what it holds, and the fields of maps in it."""

    name: str
    needed: bool
    words: str
    description: str
    parts: tuple["Part", ...]


def words_of(files: SchemaFiles, schema: Any, base: str, titles: Mapping[str, str]) -> str:
    """What a value is: "date", "list of text", "reference to Service", "one of low, high".

    `titles` are the titles of the types, by name.
    """
    schema, base = files.follow(schema, base)
    if "x-ref" in schema:
        named = [titles.get(name, name) for name in schema["x-ref"]]
        many = (
            f"{', '.join(named[:3])} or {len(named) - 3} other types"
            if len(named) > 4
            else " or ".join(named)
        )
        return f"reference to {many}" if named else "reference to anything"
    if schema.get("x-role") or schema.get("x-person"):
        return "role" if schema.get("x-role") else "person"
    if "enum" in schema or "const" in schema:
        values = [str(value) for value in schema.get("enum", [schema.get("const")])]
        return f"one of {', '.join(values)}" if len(values) > 1 else f"always {values[0]}"
    ways = schema.get("oneOf") or schema.get("anyOf")
    if ways and "type" not in schema:
        return " or ".join(dict.fromkeys(words_of(files, way, base, titles) for way in ways))
    if schema.get("required") == ["none"]:
        return "`none:` with the reason"
    kind = schema.get("type", "")
    if kind == "array":
        entry = words_of(files, schema.get("items", {}), base, titles)
        if entry == "map":
            return "list of maps"
        return f"list of {entry.removeprefix('a ').removeprefix('an ')}"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if kind == "string" and "x-expects" in schema:
        return str(schema["x-expects"])
    names = [kind] if isinstance(kind, str) else list(kind)
    return " or ".join(_KINDS.get(name, "anything") for name in names)


def parts_of(
    files: SchemaFiles, schema: Any, base: str, titles: Mapping[str, str], depth: int = 0
) -> tuple[Part, ...]:
    """The fields of the map that a value is, or that its entries are; nothing for a value that is neither."""
    schema, base = files.follow(schema, base)
    if depth >= _MOST_LEVELS or schema.get("required") == ["none"]:
        return ()
    ways = schema.get("oneOf") or schema.get("anyOf")
    if ways and "properties" not in schema:
        found = (parts_of(files, way, base, titles, depth) for way in ways)
        return next((parts for parts in found if parts), ())
    if schema.get("type") == "array":
        return parts_of(files, schema.get("items", {}), base, titles, depth)
    properties, required = files.fields_of(base, schema)
    return tuple(
        Part(
            name,
            name in required,
            words_of(files, value.schema, value.base, titles),
            str(value.schema.get("description", "")),
            parts_of(files, value.schema, value.base, titles, depth + 1),
        )
        for name, value in properties.items()
    )


def conditions(files: SchemaFiles, path: str) -> dict[str, list[str]]:
    """When a field that is not always required is: by name, in words such as "status is closed"."""
    found: dict[str, list[str]] = {}
    for names, when in _conditions(files, files.schemas.get(path, {}), path):
        for name in names:
            if when not in found.setdefault(name, []):
                found[name].append(when)
    return found


def _conditions(
    files: SchemaFiles, schema: Any, path: str, depth: int = 0
) -> Iterator[tuple[list[str], str]]:
    schema, path = files.follow(schema, path)
    if "if" in schema:
        when = _when(schema["if"])
        for name, negated in (("then", False), ("else", True)):
            asked, _ = files.follow(schema.get(name, {}), path)
            yield asked.get("required", []), f"not {when}" if negated else when
    for part in schema.get("allOf", ()) if depth < _MOST_LEVELS else ():
        yield from _conditions(files, part, path, depth + 1)


def _when(test: Mapping[str, Any]) -> str:
    """A condition in words; one that is made of something else is only said to exist."""
    if set(test) - {"properties", "required"}:
        return "its conditions are met"
    parts = []
    for name, value in test.get("properties", {}).items():
        if not set(value) <= {"const", "enum"}:
            return "its conditions are met"
        parts.append(f"{name} is {' or '.join(_value(v) for v in value.get('enum', [value.get('const')]))}")
    parts += [
        f"{name} is there" for name in test.get("required", ()) if name not in test.get("properties", {})
    ]
    return " and ".join(parts) or "its conditions are met"


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
