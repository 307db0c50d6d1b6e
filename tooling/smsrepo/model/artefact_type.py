"""Types of artefacts, as their schemas describe them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Pattern = tuple[str, ...]
"""A way through the data: field names, and the two wildcards below."""

EACH_ITEM = "[]"
EACH_VALUE = "{}"


@dataclass(frozen=True, slots=True)
class SectionContract:
    """A section that every document of a type has; fewer than `min_words` words count as empty."""

    id: str
    title: str
    help: str
    requirements: tuple[str, ...] = ()
    min_words: int = 10


@dataclass(frozen=True, slots=True)
class Required:
    """What must exist: "one", "some", or one for each active entry of type `per`, named in field `by`."""

    how: str
    per: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """What must happen at a planned interval (named in sms/control.yml), counted from field `date`."""

    interval: str
    date: str
    per: str = ""
    by: str = ""
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must hold: one of `values`, or a reference to an artefact of one of `types`, or anything at all."""

    field: str
    values: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Requirements that only those artefacts of a type serve which meet all the conditions."""

    requirements: tuple[str, ...]
    where: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class FurtherKind:
    """A further kind of evidence, by code, that artefacts of a type are: all, or those that meet the conditions."""

    code: str
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A top-level field in canonical order; references in its JSON Schema count from the file `base`."""

    name: str
    description: str
    schema: Mapping[str, Any] = field(repr=False)
    base: str
    required: bool


@dataclass(frozen=True, slots=True)
class Annotations:
    """Where, in data of a type, references, roles and persons stand, and the ids of what was disposed of."""

    references: tuple[tuple[Pattern, frozenset[str]], ...] = ()
    roles: tuple[Pattern, ...] = ()
    persons: tuple[Pattern, ...] = ()
    disposes: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ArtefactType:
    """One artefact type; everything here comes from its schema file."""

    name: str
    title: str
    plural: str
    description: str
    code: str
    kind: str
    prefix: str
    folder: str
    schema_path: str
    required: Required | None = None
    requirements: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    also: tuple[FurtherKind, ...] = ()
    sections: tuple[SectionContract, ...] = ()
    fields: tuple[Field, ...] = ()
    annotations: Annotations = Annotations()
    order: tuple[tuple[str, ...], ...] = ()
    closed: frozenset[str] = frozenset()
    active: frozenset[str] = frozenset()
    every: Every | None = None

    @property
    def is_record(self) -> bool:
        """Records are evidence of what happened; everything else is a controlled document."""
        return self.kind == "record"

    @property
    def kinds(self) -> tuple[FurtherKind, ...]:
        """Every kind of evidence that artefacts of this type are; its own code comes first."""
        return (FurtherKind(self.code), *self.also)

    @property
    def suffix(self) -> str:
        """File name ending: documents are Markdown, everything else YAML."""
        return ".md" if self.kind == "document" else ".yml"


@dataclass(frozen=True, slots=True, eq=False)
class SettingType:
    """A settings file: `file` is its path, or a pattern with "*"; `codes` the evidence it provides.

    An SMS may be without one that is `optional`.
    """

    name: str
    file: str
    schema_path: str
    codes: tuple[str, ...] = ()
    annotations: Annotations = Annotations()
    optional: bool = False


def rank(type_: ArtefactType) -> int:
    """In which turn an SMS comes into being: texts, then entries of registers and catalogue, then records."""
    return {"document": 0, "record": 2}.get(type_.kind, 1)
