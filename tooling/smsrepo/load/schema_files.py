"""Schema files by path, and the references between them."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

ENDING = ".schema.json"
_MOST_STEPS = 20
_BASE = "https://sms.invalid/"  # never fetched: gives relative references something to be relative to


def uri_of(path: str) -> str:
    """The identifier under which validators know a schema file."""
    return _BASE + path


class Property(NamedTuple):
    """The schema of a field, and the file that relative references in it count from."""

    schema: dict[str, Any]
    base: str


class SchemaFiles:
    """The parsed schema files of a repository."""

    def __init__(self, schemas: Mapping[str, dict[str, Any]]) -> None:
        self.schemas = schemas

    def dead_references(self, path: str) -> Iterator[str]:
        """Every $ref of a schema file that leads nowhere."""
        for reference in _references(self.schemas[path]):
            file, _, pointer = reference.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            if not isinstance(_at(self.schemas.get(target), pointer), dict):
                yield reference

    def files_named(self, path: str) -> set[str]:
        """The other schema files that a schema file refers to."""
        names = (reference.partition("#")[0] for reference in _references(self.schemas[path]))
        return {posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in names if name}

    def usable(self) -> set[str]:
        """The schema files of which every reference leads somewhere, also those of the files they refer to."""
        found = {path for path in self.schemas if not any(self.dead_references(path))}
        found -= {path for path in found if _names_itself(self.schemas[path])}
        while lost := {path for path in found if not self.files_named(path) <= found}:
            found -= lost
        return found

    def follow(self, schema: Any, path: str) -> tuple[dict[str, Any], str]:
        """A schema with its $ref replaced by what it names (own keywords win), and the file it is in."""
        for _ in range(_MOST_STEPS):
            if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
                break
            file, _, pointer = schema["$ref"].partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            target = _at(self.schemas.get(path), pointer)
            own = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**target, **own} if isinstance(target, dict) else own
        return (schema if isinstance(schema, dict) else {}), path

    def fields(self, path: str, schema: Any = None, depth: int = 0) -> tuple[dict[str, Property], set[str]]:
        """Top-level properties in canonical order (those of allOf first) and the required ones."""
        schema, path = self.follow(self.schemas.get(path, {}) if schema is None else schema, path)
        properties: dict[str, Property] = {}
        required = set(schema.get("required", ()))
        for part in schema.get("allOf", ()) if depth < _MOST_STEPS else ():
            inherited, more = self.fields(path, part, depth + 1)
            properties.update(inherited)
            required |= more
        for name, value in schema.get("properties", {}).items():
            own, base = self.follow(value, path)
            items, _ = self.follow(own.get("items"), base)
            if "enum" in items:
                own = {**own, "items": items}  # the choices of a list, wherever they are written down
            before = properties.get(name)
            properties[name] = Property({**(before.schema if before else {}), **own}, base)
        return properties, required


def _at(schema: Any, pointer: str) -> Any:
    """What a JSON pointer names; None where it leads nowhere."""
    for step in pointer.split("/")[1:]:
        if isinstance(schema, list) and step.isdigit() and int(step) < len(schema):
            schema = schema[int(step)]
        else:
            schema = schema.get(step) if isinstance(schema, dict) else None
    return schema


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for part in schema.values():
            yield from _references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _references(part)


def _names_itself(schema: Any) -> bool:
    """Whether a schema has an $id, which would change what its references count from."""
    if isinstance(schema, dict):
        return isinstance(schema.get("$id"), str) or any(map(_names_itself, schema.values()))
    return isinstance(schema, list) and any(map(_names_itself, schema))
