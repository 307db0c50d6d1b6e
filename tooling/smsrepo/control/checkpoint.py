"""Checkpoints: signed notes of where the main branch stood, kept elsewhere, that expose a rewritten history."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.errors import UserError
from smsrepo.load.history import tree_after
from smsrepo.ssh import sshsig
from smsrepo.ssh.keys import read_public

NAMESPACE = "smsrepo-checkpoint@v1"
SCHEMA = "sms-checkpoint/1"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_TEXTS = ("repository", "commit", "content", "previous", "person")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`commit` of the main branch held files with the digest `content`.

    `previous` is the SHA-256 of the checkpoint before, "" for the first.
    """

    repository: str
    commit: str
    content: str
    previous: str
    person: str
    made_at: datetime


class Kept(NamedTuple):
    """A checkpoint as somebody kept it: file name, bytes, and the signature beside it."""

    name: str
    content: bytes
    signature: bytes


def render(checkpoint: Checkpoint) -> bytes:
    """The bytes that are signed."""
    lines = [f"schema: {SCHEMA}", *(f"{name}: {json.dumps(getattr(checkpoint, name))}" for name in _TEXTS)]
    lines.append(f"made_at: {json.dumps(checkpoint.made_at.astimezone(UTC).strftime(_MOMENT))}")
    return ("\n".join(lines) + "\n").encode()


def read(content: bytes) -> Checkpoint:
    """The checkpoint in a file; raises ValueError where it is none in its one form."""
    pairs = [line.partition(": ") for line in content.decode("utf-8").splitlines()]
    fields = {name: value if name == "schema" else json.loads(value) for name, _, value in pairs}
    if fields.pop("schema", "") != SCHEMA or set(fields) != {*_TEXTS, "made_at"}:
        raise ValueError("this is no checkpoint")
    made_at = datetime.strptime(fields.pop("made_at"), _MOMENT).replace(tzinfo=UTC)
    checkpoint = Checkpoint(**fields, made_at=made_at)
    if render(checkpoint) != content:
        raise ValueError("this checkpoint is not in the one form that sms checkpoint writes")
    return checkpoint


def content_at(replay: Replay, commit: str) -> str:
    """The digest over the content folders at a commit of the main branch; "" for any other, or before control began."""
    history = replay.history
    commits = [replay.genesis.commit, *(step.commit for step in history.steps)]
    if commit not in commits:
        return ""
    return replay.digest_of(tree_after(history.tree, history.steps[: commits.index(commit)]))


def problem(kept: Kept, replay: Replay, settings: Settings) -> str:
    """Why a history does not continue a checkpoint; empty where it does."""
    try:
        checkpoint = read(kept.content)
        key = sshsig.verify(kept.content, kept.signature, NAMESPACE)
    except ValueError as error:
        return f"it cannot be relied on: {error}"
    if checkpoint.repository != settings.repository:
        return "it was made for another repository"
    person = settings.people.get(checkpoint.person)
    if person is None or key.line not in {_line(one.line) for one in person.keys}:
        return f"it is not signed with a key of {checkpoint.person}"
    content = content_at(replay, checkpoint.commit)
    if not content:
        return (
            f"commit {checkpoint.commit[:12]}, where the main branch stood then, is no longer in its history"
        )
    return "" if content == checkpoint.content else "the files at its commit differ from those it was made of"


def next_checkpoint(
    replay: Replay, settings: Settings, person: str, made_at: datetime, previous: bytes | None
) -> Checkpoint:
    """The checkpoint of where the main branch stands now."""
    before = f"sha256:{hashlib.sha256(previous).hexdigest()}" if previous else ""
    head = replay.head
    return Checkpoint(settings.repository, head, content_at(replay, head), before, person, made_at)


def file_name(checkpoint: Checkpoint) -> str:
    """Such as checkpoint-2026-11-20-1a2b3c4d5e.yml."""
    return f"checkpoint-{checkpoint.made_at:%Y-%m-%d}-{re.sub('[^0-9a-f]', '', checkpoint.commit)[:10]}.yml"


def _line(key: str) -> str:
    try:
        return read_public(key).line
    except UserError:
        return ""
