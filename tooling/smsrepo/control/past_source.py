"""The files of an earlier day: what the main branch held when it ended."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from smsrepo.control.filing import Filing
from smsrepo.control.register import Register
from smsrepo.control.versions import Versions
from smsrepo.git import door
from smsrepo.load.snapshot import load
from smsrepo.load.source import CONTENT_FOLDERS, READ, File, Source, TreeSource
from smsrepo.model.day import day_in
from smsrepo.model.history import Blob


class Without:
    """A source without some of its files."""

    def __init__(self, base: Source, left_out: frozenset[str]) -> None:
        self._base = base
        self._left_out = left_out

    def files(self) -> list[File]:
        """See Source."""
        return [file for file in self._base.files() if file.path not in self._left_out]

    def exists(self, path: str) -> bool:
        """See Source."""
        return path not in self._left_out and self._base.exists(path)


class PastSource(Without):
    """What the main branch held at the end of a day. `filing` says in which file each document lay; `attached` gives by
    path the blobs of files that are not read.

    Of a day before document control began nothing is known but what was taken over, and records that name the day.
    """

    def __init__(self, root: Path, register: Register, on: date) -> None:
        commit, known = _commit(register, on)
        base = TreeSource(root, commit)
        super().__init__(base, frozenset() if known else recorded_after(base, on))
        tree = {entry.path: Blob(entry.mode, entry.blob) for entry in door.tree(root, commit)}
        self.filing = Filing(tree, _versions(register, tree))
        self.attached: Mapping[str, str] = {
            path: blob.id
            for path, blob in tree.items()
            if path.split("/", 1)[0] in CONTENT_FOLDERS and not path.endswith(READ)
        }


def recorded_after(source: Source, on: date) -> frozenset[str]:
    """The files of records that were made after a day, as they say themselves."""
    records = (artefact for artefact in load(source).artefacts if artefact.type.is_record)
    days = ((record.path, day_in(record.data.get("recorded_on"))) for record in records)
    return frozenset(path for path, day in days if day and day > on)


def _commit(register: Register, on: date) -> tuple[str, bool]:
    """The last step of the main branch up to a day; the first of all, and False, where the day was before it."""
    history = register.replay.history
    first = [history.genesis] if history.genesis else []
    steps = [*first, *history.steps]
    upto = [step for step in steps if step.day <= on]
    return (upto[-1].commit, True) if upto else (steps[0].commit, False)


def _versions(register: Register, tree: Mapping[str, Blob]) -> Versions:
    versions = Versions(register.replay.history.facts)
    for path in sorted(tree):
        versions.put(path, tree, register.replay.policy.types)
    return versions
