"""The effective set: what readers get. The revision in force, while a newer one is drafted, reviewed or to come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from smsrepo.control.digest import sha256
from smsrepo.control.filing import Filing
from smsrepo.control.lineage import Act, Lineage, Revision
from smsrepo.control.past_source import PastSource, Without, recorded_after
from smsrepo.control.policy import is_read
from smsrepo.control.register import Register, Standing, State, register_of, state_of
from smsrepo.control.settings import Settings
from smsrepo.control.succession import approvals
from smsrepo.git import door
from smsrepo.load.contents import Contents
from smsrepo.load.history import load_history
from smsrepo.load.snapshot import load
from smsrepo.load.source import READ, CommitSource, File, Source, WorktreeSource
from smsrepo.model.artefact import Artefact
from smsrepo.model.proven import Approval, Proven
from smsrepo.model.repo import Repo

_NOT_COMMITTED = Proven("not committed", in_force=False)
_NOT_APPROVED = Proven("not approved", in_force=False)


class Effective(NamedTuple):
    """The snapshot that readers get and the day it is judged by. `attached` gives the approved bytes of what is
    attached to documents in force, by path, and of an earlier day everything that is attached; before document
    control began, nothing, and there is no `register`.
    """

    repo: Repo
    on: date
    attached: Mapping[str, bytes]
    register: Register | None = None


class EffectiveSource:
    """A source in which every document stands in its revision in force on a day, with what is attached to it, and
    settings and schemas as they are approved; all else is as it was.

    Documents without one stay as they are. Those that did not exist on the day are left out.
    """

    def __init__(self, base: Source, register: Register, on: date) -> None:
        self._base = base
        self._register = register
        replay, documents = register.replay, list(register.documents(on))
        filing = base.filing if isinstance(base, PastSource) else Filing(replay.tree, replay.versions)
        self.places = filing.places(documents)
        self._in_force = {self.places[one.id]: one.in_force for one in documents if one.in_force}
        self._bundle = dict([*_bundle(register, on, filing, self._in_force), *_policy(register)])

    def files(self) -> list[File]:
        """See Source."""
        found = {file.path: file for file in self._base.files()}
        read = {path: blob for path, blob in self._bundle.items() if path.endswith(READ) or not blob}
        wanted = {path: blob for path, blob in read.items() if self._differs(found.get(path), blob)}
        contents = self._register.replay.history.contents
        if isinstance(contents, Contents):
            contents.prefetch(blob for blob in wanted.values() if blob)
        for path, blob in wanted.items():
            if blob:
                found[path] = File(path, contents[blob])
            else:
                found.pop(path, None)
        for path in self._bundle.keys() - read.keys():
            found[path] = File(path, b"")
        return sorted(found.values())

    def exists(self, path: str) -> bool:
        """See Source."""
        return self._base.exists(path) or bool(self._bundle.get(path))

    def attached(self) -> Mapping[str, bytes]:
        """See Effective."""
        own = self._in_force
        blobs = {p: blob for p, blob in self._bundle.items() if blob and p not in own and not is_read(p)}
        past = self._base.attached if isinstance(self._base, PastSource) else {}
        return _Attached({**past, **blobs}, self._register.replay.history.contents)

    def _differs(self, file: File | None, blob: str) -> bool:
        if file is None:
            return bool(blob)
        facts = self._register.replay.history.facts.get(blob)
        return facts is None or bool(file.problem) or facts.sha256 != sha256(file.raw)


class _Attached(Mapping[str, bytes]):
    """Read when somebody asks."""

    def __init__(self, blobs: Mapping[str, str], contents: Mapping[str, bytes]) -> None:
        self._blobs = blobs
        self._contents = contents

    def __getitem__(self, path: str) -> bytes:
        return self._contents[self._blobs[path]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)


def _policy(register: Register) -> Iterator[tuple[str, str]]:
    """Settings and schemas as they are approved; "" for a file that waits for its first approval."""
    policies = register.replay.policies
    for path in {*policies.paths, *policies.waiting}:
        if is_read(path):
            approved = policies.approved(path)
            yield path, approved.id if approved else ""


def _bundle(
    register: Register, on: date, filing: Filing, in_force: Mapping[str, Revision]
) -> Iterator[tuple[str, str]]:
    """Path and blob of each file of documents in force; "" for a document that did not exist yet."""
    wanted = {member.sha256 for revision in in_force.values() for member in revision.version.attached}
    facts = register.replay.history.facts
    blobs = {known.sha256: blob for blob, known in facts.items() if known.sha256 in wanted} if wanted else {}
    for path, revision in in_force.items():
        for member in revision.version.attached:
            yield f"{path.rpartition('/')[0]}/{member.path}", blobs[member.sha256]
    for lineage in register.lineages.values():
        if not lineage.revisions[0].version.type.is_record and register.standing(lineage.id, on) is None:
            for path in filing.versions.paths(lineage.id):
                yield path, ""
    for path, revision in in_force.items():
        yield path, revision.version.blob


def with_proof(repo: Repo, source: EffectiveSource, register: Register, on: date) -> Repo:
    """The snapshot of an effective source, each document with what the history proves of it on a day.

    The proof belongs to the one file whose bytes it is about: another one with the same id proves nothing.
    """
    proven: dict[tuple[str, str], Proven] = {}
    for standing in register.documents(on):
        proven[source.places.get(standing.id, ""), standing.id] = _proven(standing, register, on)
    return replace(repo, artefacts=tuple(_attached(a, proven, register) for a in repo.artefacts))


def _attached(artefact: Artefact, proven: Mapping[tuple[str, str], Proven], register: Register) -> Artefact:
    if artefact.type.is_record:
        return artefact
    otherwise = _NOT_APPROVED if artefact.id in register.lineages else _NOT_COMMITTED
    return replace(artefact, proven=proven.get((artefact.path, artefact.id), otherwise))


def _proven(standing: Standing, register: Register, on: date) -> Proven:
    revision = standing.in_force
    lineage = register.lineages[standing.id]
    newer = standing.newer
    return Proven(
        state=str(standing.state),
        in_force=standing.state is State.EFFECTIVE,
        since=_since(revision),
        approvals=tuple(map(_approval, approvals(revision, on))) if revision else (),
        taken_over=revision.entered.date() if revision and revision.adopted else None,
        adopted=bool(revision and revision.unproven_on(on)),
        reviews=tuple(map(_approval, lineage.last_review(revision, on))) if revision else (),
        rewritten=_since(_first_of_major(lineage, revision)),
        next_review=standing.next_review,
        newest=f"{newer.version.revision}, {state_of(lineage, newer, on)}" if newer else "",
        altered=standing.altered,
        suspect=standing.suspect,
    )


def _since(revision: Revision | None) -> date | None:
    """From which day it applies; None where that lies before control began and the header does not say."""
    return revision.start if revision and revision.start != date.min else None


def _first_of_major(lineage: Lineage, revision: Revision | None) -> Revision | None:
    first = revision
    while first and (before := lineage.approved_before(first)):
        if _major(before) != _major(first):
            break
        first = before
    return first


def _major(revision: Revision) -> str:
    return revision.version.revision.partition(".")[0]


def _approval(act: Act) -> Approval:
    return Approval(act.person, act.statement.role, act.entered.date(), act.statement.assurance)


def register_at(root: Path, commit: str) -> Register | None:
    """Where everything stands after a commit, without a verdict on it; None before document control began."""
    history = load_history(root, commit)
    return register_of(history) if history.genesis else None


def effective_repo(
    root: Path,
    as_of: date | None,
    today: date,
    revision: str | None = None,
    register_after: Callable[[Path, str], Register | None] = register_at,
) -> Effective:
    """The snapshot that readers get, of the files on disk or of a commit; of an earlier day, what the main branch
    held then. Types and settings are always those of today.

    Before document control began, or without git, it is the files as they are. Who knows the register already gives
    it with `register_after`.
    """
    source: Source = WorktreeSource(root) if revision is None else CommitSource(root, revision)
    commit = door.head(root) if revision is None else door.resolve(root, revision)
    register = register_after(root, commit) if commit else None
    if register is None:
        repo = load(source)
        settings = Settings(repo)
        day = settings.day(as_of, today)
        if day < settings.day(None, today):
            repo = load(Without(source, recorded_after(source, day)))
        return Effective(repo, day, {})
    day = register.settings.day(as_of, today)
    if day < register.settings.day(None, today):
        source = PastSource(root, register, day)
    effective = EffectiveSource(source, register, day)
    repo = with_proof(load(effective), effective, register, day)
    return Effective(repo, day, effective.attached(), register)
