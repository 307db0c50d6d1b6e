"""Where a schema says that a value is a reference, a role, a person or the id of what was disposed of."""

from collections.abc import Iterator
from typing import Any

from smsrepo.load.schema_files import SchemaFiles
from smsrepo.model.artefact_type import EACH_ITEM, EACH_VALUE, Annotations, Pattern

_OF_FILES = ("x-sms", "x-sections", "x-order", "x-closed", "x-active", "x-every")
_OF_VALUES = ("x-ref", "x-role", "x-person", "x-disposes", "x-expects")
KNOWN = frozenset({*_OF_FILES, *_OF_VALUES})


def annotations_of(files: SchemaFiles, path: str) -> Annotations:
    """All annotated places in data of the schema at `path`."""
    references: dict[Pattern, frozenset[str]] = {}
    roles: dict[Pattern, None] = {}
    persons: dict[Pattern, None] = {}
    disposes: dict[Pattern, None] = {}
    for pattern, schema in _places(files, files.schemas[path], path, ()):
        if "x-ref" in schema:
            references[pattern] = references.get(pattern, frozenset()) | frozenset(schema["x-ref"])
        if schema.get("x-role"):
            roles[pattern] = None
        if schema.get("x-person"):
            persons[pattern] = None
        if schema.get("x-disposes"):
            disposes[pattern] = None
    return Annotations(tuple(references.items()), tuple(roles), tuple(persons), tuple(disposes))


def strange_keywords(schema: Any) -> Iterator[str]:
    """What looks like an annotation and is none, or holds the wrong thing: it would check nothing."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$id":
                yield "`$id` is not allowed: a schema is known by its path"
            elif key.startswith("x-") and key not in KNOWN:
                yield f"`{key}` is no annotation smsrepo knows"
            elif not _well_formed(key, value):
                yield f"`{key}` does not hold what it must"
            # Names of properties and definitions are the type's own; annotations cannot stand among them.
            inner = value.values() if key in ("properties", "$defs") and isinstance(value, dict) else (value,)
            for part in inner:
                yield from strange_keywords(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from strange_keywords(part)


def _well_formed(key: str, value: Any) -> bool:
    if key == "x-ref":
        return isinstance(value, list) and all(isinstance(name, str) for name in value)
    if key in ("x-role", "x-person", "x-disposes"):
        return value is True
    return key != "x-expects" or isinstance(value, str)


def _places(
    files: SchemaFiles, schema: Any, path: str, pattern: Pattern, above: tuple[str, ...] = ()
) -> Iterator[tuple[Pattern, dict[str, Any]]]:
    """Every place in the data with the schema that judges it; a schema that names itself is entered once."""
    reference = f"{path} {schema['$ref']}" if isinstance(schema, dict) and "$ref" in schema else ""
    if reference in above:
        return
    above = (*above, reference) if reference else above
    schema, path = files.follow(schema, path)
    yield pattern, schema
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _places(files, part, path, pattern, above)
    for keyword in ("if", "then", "else"):
        if keyword in schema:
            yield from _places(files, schema[keyword], path, pattern, above)
    for name, part in schema.get("properties", {}).items():
        yield from _places(files, part, path, (*pattern, name), above)
    for keyword, wildcard in (("items", EACH_ITEM), ("additionalProperties", EACH_VALUE)):
        if isinstance(schema.get(keyword), dict):
            yield from _places(files, schema[keyword], path, (*pattern, wildcard), above)
