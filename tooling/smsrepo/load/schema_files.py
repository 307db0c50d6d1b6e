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
        self._named: dict[tuple[str, str], tuple[str, Any]] = {}
        self._written: dict[str, tuple[str, ...]] = {}
        self._fields: dict[str, tuple[dict[str, Property], frozenset[str]]] = {}

    def dead_references(self, path: str) -> Iterator[str]:
        """Every $ref of a schema file that leads nowhere, told once."""
        return (name for name in self._references(path) if not isinstance(self._target(path, name)[1], dict))

    def files_named(self, path: str) -> set[str]:
        """The other schema files that a schema file refers to."""
        return {self._target(path, name)[0] for name in self._references(path) if not name.startswith("#")}

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
            path, target = self._target(path, schema["$ref"])
            own = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**target, **own} if isinstance(target, dict) else own
        return (schema if isinstance(schema, dict) else {}), path

    def fields(self, path: str) -> tuple[Mapping[str, Property], frozenset[str]]:
        """Top-level properties in canonical order (those of allOf first) and the required ones."""
        if path not in self._fields:
            properties, required = self.fields_of(path, self.schemas.get(path, {}))
            self._fields[path] = properties, frozenset(required)
        return self._fields[path]

    def fields_of(self, path: str, schema: Any, depth: int = 0) -> tuple[dict[str, Property], set[str]]:
        """The same of a part of the file at `path`."""
        schema, path = self.follow(schema, path)
        properties: dict[str, Property] = {}
        required = set(schema.get("required", ()))
        for part in schema.get("allOf", ()) if depth < _MOST_STEPS else ():
            inherited, more = self.fields_of(path, part, depth + 1)
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

    def _references(self, path: str) -> tuple[str, ...]:
        """What the $refs of a schema file say, each once."""
        if path not in self._written:
            self._written[path] = tuple(dict.fromkeys(_references(self.schemas[path])))
        return self._written[path]

    def _target(self, path: str, reference: str) -> tuple[str, Any]:
        """The file that a $ref in the file at `path` leads into, and what stands there; None for nothing."""
        found = self._named.get((path, reference))
        if found is None:
            file, _, pointer = reference.partition("#")
            into = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            found = self._named[path, reference] = into, _at(self.schemas.get(into), pointer)
        return found


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
