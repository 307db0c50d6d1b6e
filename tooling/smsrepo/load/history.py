"""The history of a repository as document control reads it: one git log, one stream of contents."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from smsrepo.git import door
from smsrepo.git.history import steps
from smsrepo.load import front_matter, parallel, text, yaml_dialect
from smsrepo.load.changed_words import ChangedWords
from smsrepo.load.contents import Contents
from smsrepo.load.refusal import Refused
from smsrepo.load.source import APPROVALS, CONTENT_FOLDERS
from smsrepo.model.history import Blob, Facts, History, Step

GENESIS = "sms/genesis.yml"
CONTROL_FIELDS = frozenset(
    {"id", "type", "title", "status", "revision", "effective_from", "owner", "author", "review_every"}
    | {"summary_of_change", "change", "audience", "classification", "successor", "attachments", "stage"}
    | {"recorded_on", "recorded_by", "corrections", "followed", "records", "types", "copy", "digest"}
)
_FREE = frozenset(
    {
        "revision",
        "status",
        "effective_from",
        "summary_of_change",
        "change",
        "author",
        "successor",
        "corrections",
    }
)
_BATCH = 4000
_GITLINK = "160000"


def load_history(root: Path, commit: str) -> History:
    """Everything since control began, up to a commit. Raises CannotRunError where the clone is not complete."""
    every = steps(root, commit)
    contents = Contents(root)
    start = next((n for n, step in enumerate(every) if _brings(step, GENESIS)), None)
    if start is None:
        return History(None, {}, (), {}, contents, ChangedWords(contents, {}, (), {}))
    tree = tree_after({}, every[: start + 1])
    later = tuple(every[start + 1 :])
    facts = read_facts(root, contents, tree, later)
    return History(every[start], tree, later, facts, contents, ChangedWords(contents, tree, later, facts))


def with_step(root: Path, history: History, step: Step) -> History:
    """The same history, ready to be followed by one more step, such as the result of a merge."""
    contents = history.contents
    if not isinstance(contents, Contents):
        raise TypeError("only a history that load_history made can go on")
    fresh = read_facts(root, contents, {}, [step])
    facts = {
        **fresh,
        **{blob: known for blob, known in history.facts.items() if known.fields or blob not in fresh},
    }
    changed = ChangedWords(contents, history.tree, [*history.steps, step], facts)
    return replace(history, facts=facts, changed=changed)


def tree_after(tree: Mapping[str, Blob], passed: Iterable[Step]) -> dict[str, Blob]:
    """The files after some steps."""
    files = dict(tree)
    for step in passed:
        for path, _, after in step.changes:
            if after is None:
                files.pop(path, None)
            else:
                files[path] = after
    return files


def read_facts(
    root: Path, contents: Contents, tree: Mapping[str, Blob], later: Iterable[Step]
) -> dict[str, Facts]:
    """The facts of every file of the content folders in a tree and in the steps after it, by blob id."""
    places = list(tree.items())
    places += [(change.path, change.after) for step in later for change in step.changes if change.after]
    files: dict[str, str] = {}
    for path, blob in places:
        known = files.get(blob.id)
        if _controlled(path) and blob.mode != _GITLINK and not (known and may_hold_document(known)):
            files[blob.id] = path  # a copy elsewhere must not hide that these bytes are a document
    kept = [blob for blob, path in files.items() if _is_kept(path)]
    sizes = dict(zip(files, door.sizes(root, files), strict=True))
    contents.prefetch(blob for blob in kept if sizes[blob] <= text.MAX_BYTES)
    wanted = [
        blob for blob, path in files.items() if may_hold_document(path) and sizes[blob] <= text.MAX_BYTES
    ]
    others = list(files.keys() - set(wanted))
    digests = zip(others, door.digests(root, others), strict=True)
    facts = {blob: Facts(sha256, sizes[blob]) for blob, sha256 in digests}
    for at in range(0, len(wanted), _BATCH):  # what has been digested need not be kept
        batch = wanted[at : at + _BATCH]
        found = parallel.map_shared(_facts, list(door.blobs(root, batch)))
        facts.update((blob, Facts(*one)) for blob, one in zip(batch, found, strict=True))
    return facts


def _facts(content: bytes) -> tuple[Any, ...]:
    measure = (hashlib.sha256(content).hexdigest(), len(content))
    try:
        written = text.decode(content)
        parts = _parts(written)
        data = yaml_dialect.parse(parts.header if parts else written)
    except Refused:
        return measure
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return measure
    rest = json.dumps({name: value for name, value in data.items() if name not in _FREE}, sort_keys=True)
    substance = hashlib.sha256(f"{rest}\0{parts.body if parts else ''}".encode()).hexdigest()
    return (*measure, {name: data[name] for name in data if name in CONTROL_FIELDS}, substance)


def _parts(written: str) -> front_matter.Parts | None:
    """By the text alone: facts belong to bytes, wherever they lie."""
    try:
        return front_matter.split(written)
    except Refused:
        return None


def _brings(step: Step, path: str) -> bool:
    return any(change.path == path and change.after for change in step.changes)


def _controlled(path: str) -> bool:
    return path.partition("/")[0] in CONTENT_FOLDERS


def may_hold_document(path: str) -> bool:
    """Whether a file at a path is read as a document or record: not a setting, not a statement, not an attachment."""
    return _controlled(path) and path.endswith((".md", ".yml")) and not _is_kept(path)


def _is_kept(path: str) -> bool:
    """Whether control needs the bytes themselves: settings, schemas and statements."""
    return path.startswith(("schemas/", APPROVALS)) or path.rpartition("/")[0] in ("sms", "sms/requirements")
