"""The effective set: what readers get. The revision in force, while a newer one is drafted, reviewed or to come."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from smsrepo.control.lineage import APPROVING, Lineage, Revision
from smsrepo.control.register import Register, Standing, State, register_of, state_of
from smsrepo.control.settings import Settings
from smsrepo.git import door
from smsrepo.load.contents import Contents
from smsrepo.load.history import load_history
from smsrepo.load.snapshot import load
from smsrepo.load.source import CommitSource, File, Source, WorktreeSource
from smsrepo.model.artefact import Artefact
from smsrepo.model.proven import Approval, Proven
from smsrepo.model.repo import Repo

_UNKNOWN = Proven("not committed", in_force=False)


class EffectiveSource:
    """A source in which every document stands in its revision in force on a day; all else is as it was.

    Documents without one stay as they are. Those that did not exist on the day are left out.
    """

    def __init__(self, base: Source, register: Register, on: date) -> None:
        self._base = base
        self._register = register
        self._on = on

    def files(self) -> list[File]:
        """See Source."""
        found = {file.path: file for file in self._base.files()}
        wanted = {path: blob for path, blob in self._wanted() if self._differs(found.get(path), blob)}
        contents = self._register.replay.history.contents
        if isinstance(contents, Contents):
            contents.prefetch(blob for blob in wanted.values() if blob)
        for path, blob in wanted.items():
            if blob:
                found[path] = File(path, contents[blob])
            else:
                found.pop(path, None)
        return sorted(found.values())

    def exists(self, path: str) -> bool:
        """See Source."""
        return self._base.exists(path) or any(path == wanted and blob for wanted, blob in self._wanted())

    def _wanted(self) -> Iterator[tuple[str, str]]:
        """Path and blob of each document in force; "" for a document that did not exist yet."""
        for lineage in self._register.lineages.values():
            kind = lineage.revisions[0].version.type
            standing = None if kind.is_record else self._register.standing(lineage.id, self._on)
            current = lineage.current or lineage.revisions[-1].version
            if standing and standing.in_force:
                yield current.path, standing.in_force.version.blob
            elif standing is None and not kind.is_record:
                yield current.path, ""

    def _differs(self, file: File | None, blob: str) -> bool:
        if file is None:
            return bool(blob)
        facts = self._register.replay.history.facts.get(blob)
        return facts is None or facts.sha256 != hashlib.sha256(file.raw).hexdigest()


def with_proof(repo: Repo, register: Register, on: date) -> Repo:
    """The snapshot of an effective source, each document with what the history proves of it on a day."""
    proven = {standing.id: _proven(standing, register, on) for standing in register.documents(on)}
    return replace(repo, artefacts=tuple(_attached(artefact, proven) for artefact in repo.artefacts))


def _attached(artefact: Artefact, proven: Mapping[str, Proven]) -> Artefact:
    if artefact.type.is_record:
        return artefact
    return replace(artefact, proven=proven.get(artefact.id, _UNKNOWN))


def _proven(standing: Standing, register: Register, on: date) -> Proven:
    revision = standing.in_force
    lineage = register.lineages[standing.id]
    latest = standing.latest
    newer = latest is not None and latest is not revision and revision is not None
    return Proven(
        state=str(standing.state),
        in_force=standing.state is State.EFFECTIVE,
        since=_since(revision),
        approvals=approvals_of(revision) if revision else (),
        adopted=bool(revision and revision.adopted),
        reviewed=_reviewed(lineage, revision, on) if revision else None,
        next_review=standing.next_review,
        newest=f"{latest.version.revision}, {state_of(lineage, latest, on)}" if newer and latest else "",
        suspect=standing.suspect,
    )


def _since(revision: Revision | None) -> date | None:
    """From which day it applies; None where that lies before control began and the header does not say."""
    return revision.start if revision and revision.start != date.min else None


def _reviewed(lineage: Lineage, revision: Revision, on: date) -> date | None:
    days = [act.entered.date() for act in lineage.reviews if act.subject.digest == revision.version.digest]
    return max((day for day in days if day <= on), default=None)


def approvals_of(revision: Revision) -> tuple[Approval, ...]:
    """Who approved a revision: the last verdict of each person."""
    return tuple(
        Approval(act.person, act.statement.role, act.entered.date(), act.statement.assurance)
        for act in revision.verdicts()
        if act.action in APPROVING
    )


def effective_repo(
    root: Path, as_of: date | None, today: date, revision: str | None = None
) -> tuple[Repo, date]:
    """The snapshot that readers get, of the files on disk or of a commit, and the day it is judged by.

    Before document control began, or without git, it is the files as they are.
    """
    source: Source = WorktreeSource(root) if revision is None else CommitSource(root, revision)
    commit = door.head(root) if revision is None else door.resolve(root, revision)
    history = load_history(root, commit) if commit else None
    if history is None or history.genesis is None:
        repo = load(source)
        return repo, Settings(repo).day(as_of, today)
    register = register_of(history)
    day = register.settings.day(as_of, today)
    return with_proof(load(EffectiveSource(source, register, day)), register, day), day
