"""Documents and records as they stand in a tree: which file holds which, with which attachments."""

from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from pathlib import PurePosixPath
from typing import Any

from smsrepo.control.digest import Member, document_digest
from smsrepo.control.lineage import Version
from smsrepo.load.history import may_hold_document
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.history import Blob, Facts


class Versions:
    """What stands where. Keeps up with a tree that changes step by step."""

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self._facts = facts
        self._at: dict[str, Version] = {}
        self._paths: dict[str, dict[str, None]] = {}  # in the order in which they came to carry the id
        self._attached: dict[str, set[str]] = {}

    def of_id(self, id_: str) -> Version | None:
        """The version with an id; of two files with the same id the one that had it first."""
        paths = self._paths.get(id_)
        return self._at[next(iter(paths))] if paths else None

    def paths(self, id_: str) -> list[str]:
        """The files that carry an id; more than one is a mistake."""
        return sorted(self._paths.get(id_, ()))

    def at(self, path: str) -> Version | None:
        """The version in a file."""
        return self._at.get(path)

    def touched_by(self, path: str) -> set[str]:
        """The files whose document changes when a path does: itself, and documents it is attached to."""
        return {path, *self._attached.get(path, ())}

    def files(self, path: str) -> list[str]:
        """The files of which a document consists: its own and its attachments."""
        known = self._at.get(path)
        return [path, *(_attachments(path, known.fields) if known else ())]

    def outdated(self, tree: Mapping[str, Blob], types: Mapping[str, ArtefactType]) -> list[str]:
        """Files of which other types make something else: a type came or changed.

        Where it is gone, what is known stays known: whoever then edits or deletes the file is still noticed.
        """
        in_use = {version.type for version in self._at.values()}
        same = {type_: _alike(type_, types.get(type_.name)) for type_ in in_use}
        known = [path for path, version in self._at.items() if not same[version.type]]
        fresh = [
            path for path, blob in tree.items() if path not in self._at and self._type(path, blob, types)
        ]
        return sorted([*known, *fresh])

    def outside(
        self, tree: Mapping[str, Blob], types: Mapping[str, ArtefactType]
    ) -> Iterator[tuple[str, str]]:
        """(path, type) of files that name an id and a type, and are no documents of a known type."""
        for path, blob in tree.items():
            facts = self._facts.get(blob.id)
            plain = blob.mode == "100644" and may_hold_document(path)
            known = path in self._at and self._at[path].type.name in types
            if not known and facts and facts.fields and plain:
                yield path, str(facts.fields.get("type", ""))

    def unreadable(self, tree: Mapping[str, Blob]) -> Iterator[str]:
        """Plain files where documents and records lie whose header cannot be read."""
        for path, blob in tree.items():
            if blob.mode == "100644" and may_hold_document(path) and not path.endswith("/README.md"):
                facts = self._facts.get(blob.id)
                if facts is None or facts.fields is None:
                    yield path

    def put(self, path: str, tree: Mapping[str, Blob], types: Mapping[str, ArtefactType]) -> Version | None:
        """Read what a path holds now, and remember it."""
        version = self._read(path, tree, types)
        self._forget(path, version.id if version else "")
        if version is not None:
            self._at[path] = version
            self._paths.setdefault(version.id, {})[path] = None
            for attachment in _attachments(path, version.fields):
                self._attached.setdefault(attachment, set()).add(path)
        return version

    def _forget(self, path: str, next_id: str) -> None:
        known = self._at.pop(path, None)
        if known is not None:
            if known.id != next_id:
                del self._paths[known.id][path]
            for attachment in _attachments(path, known.fields):
                self._attached[attachment].discard(path)

    def _type(self, path: str, blob: Blob, types: Mapping[str, ArtefactType]) -> ArtefactType | None:
        facts = self._facts.get(blob.id)
        if facts is None or facts.fields is None or blob.mode != "100644" or not may_hold_document(path):
            return None
        return types.get(str(facts.fields.get("type")))

    def _read(self, path: str, tree: Mapping[str, Blob], types: Mapping[str, ArtefactType]) -> Version | None:
        blob = tree.get(path)
        type_ = self._type(path, blob, types) if blob else None
        if blob is None or type_ is None:
            return None
        facts = self._facts[blob.id]
        fields = facts.fields or {}
        attached = tuple(self._attached_to(path, tree, fields))
        digest = document_digest([self._member(".", blob), *attached])
        return Version(fields["id"], type_, path, blob.id, digest, facts.substance, fields, attached)

    def _attached_to(
        self, path: str, tree: Mapping[str, Blob], fields: Mapping[str, Any]
    ) -> Iterator[Member]:
        folder = PurePosixPath(path).parent
        for attachment in _attachments(path, fields):
            blob = tree.get(attachment)
            if blob and blob.id in self._facts:
                yield self._member(str(PurePosixPath(attachment).relative_to(folder)), blob)

    def _member(self, name: str, blob: Blob) -> Member:
        facts = self._facts[blob.id]
        return Member(blob.mode, name, facts.size, facts.sha256)


def _alike(one: ArtefactType, other: ArtefactType | None) -> bool:
    return (
        other is None
        or one is other
        or all(getattr(one, field.name) == getattr(other, field.name) for field in fields_of(one))
    )


def files_of(version: Version) -> list[str]:
    """The files of which a version consists: its own and its attachments, there or not."""
    return [version.path, *_attachments(version.path, version.fields)]


def _attachments(path: str, fields: Mapping[str, Any]) -> list[str]:
    declared = fields.get("attachments")
    if not isinstance(declared, list):
        return []
    folder = PurePosixPath(path).parent
    plain = [name for name in declared if isinstance(name, str) and ".." not in name.split("/") and name]
    return [str(folder / name) for name in dict.fromkeys(plain) if not name.startswith("/")]
