"""Which fields of an artefact its schema demands: the places where a missing value must be noticed."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from smsrepo.load.schema_files import SchemaFiles

Pointer = tuple[str | int, ...]


def obliged(files: SchemaFiles, schema: Any, path: str, data: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Every place in `data` that holds a field which the schema at `path` requires there."""
    schema, path = files.follow(schema, path)
    for name in schema.get("required", ()):
        if isinstance(data, dict) and name in data:
            yield (*at, name)
    for part in (*schema.get("allOf", ()), *_branches(files, schema, path, data)):
        yield from obliged(files, part, path, data, at)
    if isinstance(data, dict):
        for name, part in schema.get("properties", {}).items():
            if name in data:
                yield from obliged(files, part, path, data[name], (*at, name))
        rest = schema.get("additionalProperties")
        if isinstance(rest, dict):
            for name in set(data) - set(schema.get("properties", {})):
                yield from obliged(files, rest, path, data[name], (*at, name))
    elif isinstance(data, list) and isinstance(schema.get("items"), dict):
        for index, value in enumerate(data):
            yield from obliged(files, schema["items"], path, value, (*at, index))


def _branches(files: SchemaFiles, schema: Mapping[str, Any], path: str, data: Any) -> Iterator[Any]:
    """The parts of a schema that apply to this value."""
    if "if" in schema and Draft202012Validator(schema["if"]).is_valid(data):
        yield schema.get("then", {})
    elif "if" in schema:
        yield schema.get("else", {})
    kind = {dict: "object", list: "array", str: "string"}.get(type(data), "")
    for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        if files.follow(part, path)[0].get("type") == kind:
            yield part
