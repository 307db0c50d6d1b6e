"""Schema files by path, and the references between them."""

import posixpath
from collections.abc import Mapping
from typing import Any

ENDING = ".schema.json"
_BASE = "https://sms.invalid/"  # never fetched: gives relative references something to be relative to


def uri_of(path: str) -> str:
    """The identifier under which validators know a schema file."""
    return _BASE + path


class SchemaFiles:
    """The parsed schema files of a repository."""

    def __init__(self, schemas: Mapping[str, dict[str, Any]]) -> None:
        self.schemas = schemas

    def follow(self, schema: Any, path: str) -> tuple[dict[str, Any], str]:
        """A schema with its $ref replaced by what it names (own keywords win), and the file it is in."""
        for _ in range(20):
            if not isinstance(schema, dict) or "$ref" not in schema:
                break
            file, _, pointer = schema["$ref"].partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            target: Any = self.schemas.get(path, {})
            for step in pointer.split("/")[1:]:
                target = target.get(step, {}) if isinstance(target, dict) else {}
            own = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**target, **own}
        return (schema if isinstance(schema, dict) else {}), path

    def fields(self, path: str, schema: Any = None) -> tuple[dict[str, dict[str, Any]], set[str]]:
        """Top-level properties in canonical order (those of allOf first) and the required ones."""
        schema, path = self.follow(self.schemas.get(path, {}) if schema is None else schema, path)
        properties: dict[str, dict[str, Any]] = {}
        required = set(schema.get("required", ()))
        for part in schema.get("allOf", ()):
            inherited, more = self.fields(path, part)
            properties.update({name: {**properties.get(name, {}), **value} for name, value in inherited.items()})
            required |= more
        for name, value in schema.get("properties", {}).items():
            own, _ = self.follow(value, path)
            properties[name] = {**properties.get(name, {}), **own}
        return properties, required
