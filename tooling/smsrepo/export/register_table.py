"""The register of documents as of a day, as text, JSON and CSV."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from smsrepo.control.lineage import Act, Revision
from smsrepo.control.register import Register, Standing, State, state_of
from smsrepo.control.succession import approvals, period, since
from smsrepo.export.columns import columns
from smsrepo.export.csv_table import as_csv as csv_of
from smsrepo.model.words import count

_HEADS = (
    "id", "title", "type", "revision", "state", "effective_since", "effective_until", "owner", "approved_by",
    "next_review", "doubt", "path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision of a document in the register. `next_review` and `doubt` are about the one in force.

    `taken_over` says that it was taken over when control began, and that up to the day nobody had signed for it.
    """

    standing: Standing
    revision: Revision
    state: State
    approvals: tuple[Act, ...]
    since: date | None
    since_said: str
    until: date | None
    next_review: date | None
    doubt: str
    path: str
    taken_over: bool


def entries(register: Register, on: date, *, everything: bool) -> Iterator[Entry]:
    """What is effective on a day, by id; with `everything` also what is obsolete, and newest revisions not in force."""
    for standing in register.documents(on):
        lineage = register.lineages[standing.id]
        newest = standing.latest if standing.latest is not standing.in_force else None
        for revision in (standing.in_force, newest):
            if revision is None:
                continue
            state, applies = state_of(lineage, revision, on), period(lineage, revision, on)
            if everything or state is State.EFFECTIVE:
                mine = revision is standing.in_force
                yield Entry(
                    standing, revision, state, tuple(approvals(revision, on)),
                    applies and applies.start, since(lineage, revision, on), applies and applies.end,
                    standing.next_review if mine else None, standing.suspect if mine else "",
                    (lineage.current or revision.version).path, revision.unproven_on(on),
                )  # fmt: skip


def as_text(found: Sequence[Entry], on: date) -> str:
    """A table, and how many documents it names."""
    heads = ("Id", "Title", "Revision", "State", "Effective since", "Owner", "Approved by", "Next review")
    rows = [
        [
            entry.standing.id, _field(entry, "title"), entry.revision.version.revision,
            f"{entry.state}, in doubt" if entry.doubt else entry.state, entry.since_said, _field(entry, "owner"),
            _approved_by(entry), _review(entry, on),
        ]
        for entry in found
    ]  # fmt: skip
    documents = len({entry.standing.id for entry in found})
    table = "\n".join([*columns(heads, rows), ""]) + "\n" if rows else ""
    return f"{table}{count(documents, 'document')} as of {on}.\n"


def as_json(found: Iterable[Entry]) -> str:
    """A list of objects, one for each revision; days as YYYY-MM-DD or null.

    `approved_by` are the approvals there are, also while others are missing.
    """
    records = [
        {**_record(entry), "approved_by": _approvals(entry), "taken_over": entry.taken_over}
        for entry in found
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: Iterable[Entry]) -> str:
    """For spreadsheets."""
    return csv_of(_HEADS, [{name: value or "" for name, value in _record(entry).items()} for entry in found])


def _review(entry: Entry, on: date) -> str:
    if entry.next_review is None:
        return ""
    return f"{entry.next_review} overdue" if entry.next_review < on else str(entry.next_review)


def _record(entry: Entry) -> dict[str, str | None]:
    version = entry.revision.version
    days = (entry.since, entry.until, entry.next_review)
    since, until, review = (str(day) if day else None for day in days)
    values = (
        version.id, _field(entry, "title"), version.type.name, version.revision, str(entry.state), since, until,
        _field(entry, "owner"), _approved_by(entry), review, entry.doubt, entry.path,
    )  # fmt: skip
    return dict(zip(_HEADS, values, strict=True))


def _approved_by(entry: Entry) -> str:
    if entry.taken_over:
        return "taken over"
    decided = () if entry.state in (State.IN_REVIEW, State.DRAFT) else entry.approvals
    return ", ".join(f"{act.statement.name} ({act.statement.role})" for act in decided)


def _approvals(entry: Entry) -> list[dict[str, str]]:
    return [
        {
            "person": act.person, "name": act.statement.name, "role": act.statement.role,
            "entered": str(act.entered.date()), "assurance": act.statement.assurance, "statement": act.path,
        }
        for act in entry.approvals
    ]  # fmt: skip


def _field(entry: Entry, name: str) -> str:
    return str(entry.revision.version.fields.get(name, ""))
