"""Values that a new artefact can start with: what the schema lets us propose for a field."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from smsrepo.control.settings import Settings
from smsrepo.load.schema_files import SchemaFiles
from smsrepo.model.placeholder import WRITE_HERE
from smsrepo.model.repo import Repo

UNKNOWN = object()
"""Only the person who makes the artefact can know the value."""


class Proposals:
    """Proposes values by schema. Text that must be written is proposed as WRITE_HERE, marked as a decision."""

    def __init__(self, files: SchemaFiles, repo: Repo, today: date) -> None:
        self._files = files
        self._repo = repo
        self._settings = Settings(repo)
        self._today = today

    def choices(self, schema: Mapping[str, Any]) -> list[str] | None:
        """The values a field can have, where they can be listed; None otherwise."""
        if schema.get("x-person"):
            return [p.id for p in self._settings.people.values() if p.active(self._today)]
        if schema.get("x-role"):
            return list(self._settings.roles)
        if schema.get("x-ref"):
            return [
                a.id
                for a in self._repo.artefacts
                if a.type.name in schema["x-ref"] and a.status != "obsolete"
            ]
        return [str(v) for v in schema["enum"]] if "enum" in schema else None

    def form(self, schema: Mapping[str, Any]) -> str:
        """The form of a value, for whoever must give it: an example, or the limits of a number."""
        if schema.get("type") == "boolean":
            return "yes|no"
        if {"minimum", "maximum"} <= schema.keys():
            return f"{schema['minimum']}–{schema['maximum']}"
        if schema.get("format") == "date-time":
            return f"{self._today.isoformat()}T09:30:00Z"
        expects = str(schema.get("x-expects", ""))
        example = _example(expects, schema.get("pattern", r"\S")) if "such as " in expects else UNKNOWN
        return "…" if example is UNKNOWN else str(example)

    def propose(self, schema: Mapping[str, Any], path: str, *, inside: bool = False) -> Any:
        """A valid value, or UNKNOWN. `path` is the schema file that relative references count from.

        `inside` a list or map, which is marked as a whole, anything that is valid will do.
        """
        schema, path = self._files.follow(schema, path)
        for keyword in ("const", "default"):
            if keyword in schema:
                return schema[keyword]
        for alternatives in (schema.get("oneOf"), schema.get("anyOf")):
            if alternatives:
                # "none, with the reason" invents less than an entry of a list does
                parts = sorted(alternatives, key=lambda part: "none" not in str(part.get("$ref", "")))
                values = (self.propose(part, path, inside=inside) for part in parts)
                return next((value for value in values if value is not UNKNOWN), UNKNOWN)
        choices = self.choices(schema)
        if choices is not None:
            certain = len(choices) == 1 or inside
            return choices[0] if choices and certain else UNKNOWN
        return self._by_kind(schema, path, inside=inside)

    def _by_kind(self, schema: Mapping[str, Any], path: str, *, inside: bool) -> Any:
        kind = schema.get("type")
        if kind == "object":
            return self._object(schema, path)
        if kind == "array":
            items = [
                self.propose(schema.get("items", {}), path, inside=True)
                for _ in range(schema.get("minItems", 0))
            ]
            guessed = not inside and self._names_others(schema, path)
            return UNKNOWN if UNKNOWN in items or guessed else items
        if kind == "string":
            return self._string(schema, inside=inside)
        if not inside:
            return UNKNOWN  # a number or a yes or no is a fact
        return False if kind == "boolean" else schema.get("minimum", 0)

    def _names_others(self, schema: Mapping[str, Any], path: str) -> bool:
        """Which artefacts, people or roles a list names is never guessed."""
        items, _ = self._files.follow(schema.get("items", {}), path)
        return bool(items.keys() & {"x-ref", "x-person", "x-role"})

    def _object(self, schema: Mapping[str, Any], path: str) -> Any:
        properties = schema.get("properties", {})
        value = {
            name: self.propose(properties[name], path, inside=True)
            for name in properties
            if name in schema.get("required", ())
        }
        return UNKNOWN if UNKNOWN in value.values() else value

    def _string(self, schema: Mapping[str, Any], *, inside: bool) -> Any:
        if schema.get("format") == "date":
            return self._today.isoformat()
        if schema.get("format") == "date-time":
            return f"{self._today.isoformat()}T09:00:00Z" if inside else UNKNOWN
        if schema.get("x-expects", "").startswith("a duration"):
            return "P12M"
        pattern = schema.get("pattern", r"\S")
        if pattern != r"\S":
            return _example(schema.get("x-expects", ""), pattern) if inside else UNKNOWN
        return UNKNOWN if "format" in schema or ("maxLength" in schema and not inside) else WRITE_HERE


def _example(expects: str, pattern: str) -> Any:
    """The example that a description of a form holds ("a duration such as P12M")."""
    words = (word.strip('",;.()') for word in expects.rpartition("such as ")[2].split())
    return next((word for word in words if re.search(pattern, word)), UNKNOWN)
