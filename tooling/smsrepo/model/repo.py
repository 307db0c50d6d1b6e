"""The frozen snapshot every question is asked of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from smsrepo.model.artefact import Artefact, Mark, Setting
from smsrepo.model.artefact_type import ArtefactType, SettingType
from smsrepo.model.finding import Flaw
from smsrepo.model.ids import ID
from smsrepo.model.walk import values_at


@dataclass(frozen=True)
class Reference:
    """`source` names `target` (an id) at `pointer`; `allowed` are the types it may name, empty for any."""

    source: Artefact
    pointer: str
    target: str
    allowed: frozenset[str]


@dataclass(frozen=True, eq=False)
class Repo:
    """All artefacts, settings and types of one state of a repository.

    `flaws` are the loader's own reports by rule id; `broken` holds the (type, id) of files that could not
    be read or do not fit their schema, as far as folder and file name tell. `paths` are all known files. `schemas` are
    the parsed schema files by path.
    """

    types: Mapping[str, ArtefactType]
    setting_types: tuple[SettingType, ...]
    artefacts: tuple[Artefact, ...]
    settings: Mapping[str, Setting]
    paths: frozenset[str]
    flaws: Mapping[str, tuple[Flaw, ...]] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()
    schemas: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Artefact]:
        """Artefacts by id; of two with the same id the first in path order."""
        index: dict[str, Artefact] = {}
        for artefact in self.artefacts:
            index.setdefault(artefact.id, artefact)
        return index

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Artefact, ...]]:
        """Artefacts by type name, each in path order."""
        index: dict[str, list[Artefact]] = {}
        for artefact in self.artefacts:
            index.setdefault(artefact.type.name, []).append(artefact)
        return {name: tuple(found) for name, found in index.items()}

    @cached_property
    def by_path(self) -> Mapping[str, Artefact]:
        """Artefacts by path."""
        return {artefact.path: artefact for artefact in self.artefacts}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference that a schema annotation declares."""
        return tuple(self._references())

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Artefact, ...]]:
        """For each id, the artefacts that name it."""
        index: dict[str, dict[str, Artefact]] = {}
        for reference in self.references:
            index.setdefault(reference.target, {})[reference.source.path] = reference.source
        return {target: tuple(sources.values()) for target, sources in index.items()}

    @cached_property
    def broken_ids(self) -> frozenset[str]:
        """Ids (from file names) of files that exist but could not be read."""
        return frozenset(id_ for _, id_ in self.broken if id_)

    @cached_property
    def broken_types(self) -> frozenset[str]:
        """Types of which at least one file could not be read or does not fit its schema."""
        return frozenset(name for name, _ in self.broken if name)

    @cached_property
    def dangling_types(self) -> frozenset[str]:
        """Types of which at least one artefact names an id that nothing has."""
        return frozenset(r.source.type.name for r in self.references if self.dangles(r))

    @cached_property
    def disposed(self) -> frozenset[str]:
        """Ids of records that were disposed of: nothing has them, and nothing may have them again."""
        return frozenset(
            value
            for artefact in self.artefacts
            for pattern in artefact.type.annotations.disposes
            for _, value in values_at(artefact.data, pattern)
            if isinstance(value, str)
        )

    def dangles(self, reference: Reference) -> bool:
        """Whether a reference leads nowhere. A file that cannot be read still counts as there, and a record
        that was disposed of as known.
        """
        known = (self.by_id, self.broken_ids, self.disposed)
        return not any(reference.target in ids for ids in known)

    def all(self, type_name: str, **fields: Any) -> Iterator[Artefact]:
        """All artefacts of a type whose fields have these values, obsolete ones left out."""
        for artefact in self.by_type.get(type_name, ()):
            if artefact.status != "obsolete" and all(artefact.data.get(k) == v for k, v in fields.items()):
                yield artefact

    def issued(self, type_name: str) -> Iterator[Artefact]:
        """All of a type but drafts, which promise nothing yet, and obsolete ones."""
        return (artefact for artefact in self.all(type_name) if artefact.status != "draft")

    def find(self, id_: str) -> Artefact | None:
        """The artefact with this id."""
        return self.by_id.get(id_)

    def linked(self, artefact: Artefact, type_name: str, by: str = "") -> list[Artefact]:
        """Artefacts of a type that name this one: anywhere, or in one field at the top that holds an id or ids."""
        return [
            source
            for source in self.incoming.get(artefact.id, ())
            if source.type.name == type_name and (not by or artefact.id in source.ids(by))
        ]

    def setting(self, path: str) -> Mapping[str, Any]:
        """The data of a settings file; empty where it is missing or could not be read."""
        found = self.settings.get(path)
        return found.data if found else {}

    def decisions(self) -> Iterator[tuple[str, str, list[Mark]]]:
        """(path, heading, open marks) of every file that holds an open decision."""
        files = [(a.path, f"{a.id} {a.title}", a.marks) for a in self.artefacts if a.status != "obsolete"]
        files += [(s.path, s.path, s.marks) for s in self.settings.values()]
        for path, heading, marks in files:
            questions = [mark for mark in marks if mark.open]
            if questions:
                yield path, heading, questions

    def _references(self) -> Iterator[Reference]:
        for artefact in self.artefacts:
            for pattern, allowed in artefact.type.annotations.references:
                for pointer, value in values_at(artefact.data, pattern):
                    if isinstance(value, str) and ID.fullmatch(value):  # some fields take a word instead
                        yield Reference(artefact, pointer, value, allowed)
