"""Where a value stands: on which page, in which artefact."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Pattern
from smsrepo.site.publication import Publication


class Place(NamedTuple):
    """A page that shows the data of an artefact."""

    publication: Publication
    page: str
    artefact: Artefact

    def kind(self, pattern: Pattern) -> str:
        """What the schema says a value is: "reference", "role", "person", "choice" or ""."""
        return _kinds(self.artefact.type).get(pattern, "")

    def name(self, kind: str, value: str) -> str:
        """The thing a value names, as a link."""
        name = {
            "reference": self.publication.reference,
            "role": self.publication.role,
            "person": self.publication.person,
        }[kind]
        return name(self.page, value)


@cache
def _kinds(type_: ArtefactType) -> Mapping[Pattern, str]:
    found: dict[Pattern, str] = {}
    for field in type_.fields:
        _choices((field.name,), field.schema, found)
    found |= dict.fromkeys((pattern for pattern, _ in type_.annotations.references), "reference")
    found |= dict.fromkeys(type_.annotations.roles, "role")
    found |= dict.fromkeys(type_.annotations.persons, "person")
    return found


def _choices(pattern: Pattern, schema: Mapping[str, Any], found: dict[Pattern, str]) -> None:
    if "enum" in schema:
        found[pattern] = "choice"
    if isinstance(schema.get("items"), dict):
        _choices((*pattern, "[]"), schema["items"], found)
    for name, part in schema.get("properties", {}).items():
        if isinstance(part, dict):
            _choices((*pattern, name), part, found)
