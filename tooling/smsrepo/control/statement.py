"""Approval statements: one act of one person over one or several documents, in exactly one form.

The file is YAML whose values are JSON, so that any YAML reader and a plain eye can read it, and so that one
statement has one sequence of bytes. What does not come back byte for byte when it is written again is refused.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from smsrepo.load.source import APPROVALS

SIGNATURE = ".sig"
SCHEMA = "sms-approval/1"
ACTIONS = ("approve", "reject", "revoke", "periodic-review", "withdraw", "dispose", "acknowledge")
MEANINGS = {
    "approve": "Approved for issue",
    "reject": "Not approved",
    "revoke": "Approval taken back",
    "periodic-review": "Reviewed, still correct and needed",
    "withdraw": "Approved for withdrawal",
    "dispose": "Disposal of the record approved",
    "acknowledge": "Read and understood",
}
"""What a signature says, in words a reader understands."""
_TEXTS = ("repository", "action", "person", "name", "role", "meaning", "signed_at", "assurance", "reason")
_OPTIONAL = frozenset({"role", "reason"})
_SUBJECTS = ("document", "policy", "record")
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class MalformedError(ValueError):
    """The file is not an approval statement in its one form; the text says why."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about. `kind` is "document" (by id and revision), "policy" (by path) or "record" (by id).

    `digest` is that of the bytes ("absent" for a policy file that is taken away); `previous` that of the
    revision in force, or of the file, which they replace ("" for the first).
    """

    kind: str
    name: str
    revision: str
    digest: str
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One act. `signed_at` is a claim in UTC; what counts is when the statement entered the history."""

    repository: str
    action: str
    person: str
    name: str
    role: str
    meaning: str
    signed_at: datetime
    assurance: str
    subjects: tuple[Subject, ...]
    reason: str = ""
    evidence: Mapping[str, str | int] = field(default_factory=dict)


def render(statement: Statement) -> bytes:
    """The bytes that are signed."""
    texts = {name: getattr(statement, name) for name in _TEXTS}
    texts["signed_at"] = statement.signed_at.astimezone(UTC).strftime(_MOMENT)
    lines = [f"schema: {SCHEMA}"]
    lines += [f"{name}: {_json(text)}" for name, text in texts.items() if text or name not in _OPTIONAL]
    lines += ["subjects:", *(f"- {_json(_as_mapping(subject))}" for subject in statement.subjects)]
    if statement.evidence:
        lines.append(f"evidence: {_json(dict(sorted(statement.evidence.items())))}")
    return ("\n".join(lines) + "\n").encode()


def read(content: bytes) -> Statement:
    """The statement in a file; raises MalformedError."""
    try:
        return _read(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = (
            str(error) if isinstance(error, MalformedError) else "it is not written as sms approve writes it"
        )
        raise MalformedError(reason) from error


def path_of(statement: Statement, content: bytes) -> str:
    """Where a statement belongs: year, date, person, action and the first digits of its own digest."""
    day = statement.signed_at.astimezone(UTC).date().isoformat()
    short = hashlib.sha256(content).hexdigest()[:8]
    return f"{APPROVALS}{day[:4]}/{day}--{statement.person}--{statement.action}--{short}.yml"


def _read(content: bytes) -> Statement:
    fields: dict[str, Any] = {"role": ""}
    subjects: list[Subject] = []
    for line in content.decode().removesuffix("\n").split("\n"):
        if line.startswith("- "):
            subjects.append(_subject(json.loads(line[2:])))
        elif line != "subjects:":
            name, _, value = line.partition(": ")
            fields[name] = value if name == "schema" else json.loads(value)
    if fields.pop("schema") != SCHEMA:
        raise MalformedError(f"its schema is not {SCHEMA}")
    if not all(isinstance(fields.get(name, ""), str) for name in _TEXTS):
        raise MalformedError("a value is no text")
    if fields["action"] not in ACTIONS:
        raise MalformedError(f"there is no action `{fields['action']}`")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", fields["person"]):
        raise MalformedError("`person` is no id of a person")
    if fields["assurance"] not in ("signed", "platform"):
        raise MalformedError("`assurance` is neither signed nor platform")
    if not subjects:
        raise MalformedError("it names no subject")
    signed_at = datetime.strptime(fields.pop("signed_at"), _MOMENT).replace(tzinfo=UTC)
    statement = Statement(**fields, signed_at=signed_at, subjects=tuple(subjects))
    if render(statement) != content:
        raise MalformedError(
            "it is not in the one form that sms approve writes; nothing may be added or reordered"
        )
    return statement


def _subject(data: dict[str, str]) -> Subject:
    if not all(isinstance(value, str) for value in data.values()):
        raise MalformedError("a value of a subject is no text")
    kind = next((kind for kind in _SUBJECTS if kind in data), "")
    return Subject(kind, data[kind], data.get("revision", ""), data["digest"], data.get("previous", ""))


def _as_mapping(subject: Subject) -> dict[str, str]:
    optional = {"revision": subject.revision, "digest": subject.digest, "previous": subject.previous}
    return {subject.kind: subject.name, **{name: text for name, text in optional.items() if text}}


def _json(value: object) -> str:
    """On one line also for readers to whom more than a line feed ends a line."""
    written = json.dumps(value, ensure_ascii=False)
    return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
