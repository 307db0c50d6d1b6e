"""Baselines: which revision of each document was in force when a release of the management system was marked."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from smsrepo.control.lineage import Revision
from smsrepo.control.register import Register, State
from smsrepo.control.succession import approvals
from smsrepo.model.words import count

SCHEMA = "sms-baseline/1"
_TEXTS = ("name", "repository", "commit", "day")


@dataclass(frozen=True, slots=True)
class Approver:
    """Whose approval stood: ids of person and role, the day (YYYY-MM-DD) on which it entered, how it was given."""

    person: str
    role: str
    on: str
    assurance: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A revision in force. `digest` is the one that approvals name; `since` a day, "" where that lies before control.

    `taken_over` says that up to the day nobody had signed for it.
    """

    id: str
    revision: str
    digest: str
    since: str
    taken_over: bool
    approved_by: tuple[Approver, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was in force on a `day`, by the history up to a `commit` of the main branch.

    `obsolete` and `pending` count the documents that were withdrawn, and those that nobody worked by yet.
    """

    name: str
    repository: str
    commit: str
    day: date
    obsolete: int
    pending: int
    documents: tuple[InForce, ...]

    @property
    def taken_over(self) -> int:
        """How many documents nobody had signed for."""
        return sum(document.taken_over for document in self.documents)


def baseline_of(register: Register, name: str, on: date) -> Baseline:
    """The baseline of where a register leads, as of a day."""
    standings = list(register.documents(on))
    in_force = tuple(
        _in_force(s.in_force, on) for s in standings if s.in_force and s.state is State.EFFECTIVE
    )
    obsolete = sum(s.state is State.OBSOLETE for s in standings)
    pending = len(standings) - len(in_force) - obsolete
    replay = register.replay
    return Baseline(name, register.settings.repository, replay.head, on, obsolete, pending, in_force)


def render(baseline: Baseline) -> str:
    """The message of the tag: a line for people, then the manifest, which is YAML with JSON values."""
    texts = {name: str(getattr(baseline, name)) for name in _TEXTS}
    counts = {"in_force": len(baseline.documents), "taken_over": baseline.taken_over}
    counts |= {"obsolete": baseline.obsolete, "pending": baseline.pending}
    documents = count(len(baseline.documents), "document")
    return "\n".join(
        [
            f"Baseline {baseline.name}: {documents} in force on {baseline.day}", "", f"schema: {SCHEMA}",
            *(f"{name}: {json.dumps(text)}" for name, text in texts.items()), f"counts: {json.dumps(counts)}",
            "documents:", *(f"- {json.dumps(asdict(one))}" for one in baseline.documents), "",
        ]
    )  # fmt: skip


def claims_to_be_one(message: str) -> bool:
    """Whether the message of a tag names our schema, readable or not."""
    return f"\nschema: {SCHEMA}\n" in message


def read(message: str) -> Baseline:
    """The baseline in the message of a tag; raises ValueError where it holds none in its one form.

    Anybody who can push can write such a message: whether it is true is told by `differences`.
    """
    lines = message.partition("\n\n")[2].splitlines()
    try:
        fields = dict(line.split(": ", 1) for line in lines if not line.startswith(("-", "documents:")))
        texts = {name: str(json.loads(fields[name])) for name in _TEXTS}
        counts = json.loads(fields["counts"])
        documents = tuple(_document(line[2:]) for line in lines if line.startswith("- "))
        found = Baseline(
            texts["name"], texts["repository"], texts["commit"], date.fromisoformat(texts["day"]),
            counts["obsolete"], counts["pending"], documents,
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("this is no baseline") from error
    if not _is_plain(found) or render(found) != message:
        raise ValueError("this baseline is not in the one form that sms baseline writes")
    return found


def differences(kept: Baseline, now: Baseline) -> Iterator[str]:
    """How a baseline, as it was kept, differs from what the history says, in words; nothing where they agree."""
    for name in (*_TEXTS, "obsolete", "pending"):
        said, found = getattr(kept, name), getattr(now, name)
        if said != found:
            yield f"{name}: the baseline says {said}, the history {found}"
    before, after = ({one.id: one for one in baseline.documents} for baseline in (kept, now))
    for id_ in sorted(before.keys() | after.keys()):
        said, found = before.get(id_), after.get(id_)
        if said != found:
            yield f"{id_}: the baseline says {_words(said)}, the history {_words(found)}"


def _in_force(revision: Revision, on: date) -> InForce:
    version, start = revision.version, revision.start
    by = tuple(
        Approver(act.person, act.statement.role, str(act.entered.date()), act.statement.assurance)
        for act in approvals(revision, on)
    )
    since = str(start) if start and start != date.min else ""
    return InForce(version.id, version.revision, version.digest, since, revision.unproven_on(on), by)


def _document(line: str) -> InForce:
    fields = json.loads(line)
    return InForce(**{**fields, "approved_by": tuple(Approver(**one) for one in fields["approved_by"])})


def _is_plain(baseline: Baseline) -> bool:
    """Whether every value is of its kind, no text hides anything, and each document is there once."""
    texts: list[object] = [baseline.name, baseline.repository, baseline.commit]
    for one in baseline.documents:
        texts += [one.id, one.revision, one.digest, one.since]
        texts += [text for by in one.approved_by for text in (by.person, by.role, by.on, by.assurance)]
    ids = [one.id for one in baseline.documents]
    return (
        all(isinstance(text, str) and text.isprintable() for text in texts)
        and all(type(number) is int for number in (baseline.obsolete, baseline.pending))
        and all(type(one.taken_over) is bool for one in baseline.documents)
        and ids == sorted(set(ids))
    )


def _words(document: InForce | None) -> str:
    if document is None:
        return "nothing in force"
    by = ", ".join(f"{one.person} ({one.role}, {one.on})" for one in document.approved_by) or "nobody"
    since = document.since or "before control began"
    return f"revision {document.revision}, {document.digest[:19]}…, since {since}, approved by {by}"
