"""Chapters that nobody has to write: what the story does not tell of enters the history when its dates say so.

A record enters at the end of the month of the last day it names. A controlled document moves in on the day the story
names, or on the last day it names itself; it is approved by the roles of its row in the approval matrix.
"""

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from smsrepo.load import front_matter
from smsrepo.load.yaml_dialect import parse
from smsrepo.pack.draft import is_controlled
from smsrepo.pack.story import Act, Chapter, signed_before

_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_RECORDS, _ENTRIES = time(15, 30), time(9, 0)
_BETWEEN = timedelta(minutes=10)
_KEEPER, _STAND_IN = "sms-manager", "improvement-manager"


class Practice(NamedTuple):
    """What filing needs to know: the last day of the story, the day documents move, who held which role, the matrix."""

    last: date
    moved: date
    assignments: Sequence[Mapping[str, Any]]
    matrix: Sequence[Mapping[str, Any]]

    def holder(self, role: str, day: date) -> str:
        """Who held a role on a day; of several the first. ValueError where nobody did: the files are at odds."""
        held = (
            str(one["person"])
            for one in self.assignments
            if one["role"] == role and one["from"] <= str(day) <= one.get("to", "9999")
        )
        if (found := next(held, None)) is None:
            raise ValueError(
                f"nobody holds the role {role} on {day}, when the history of the example needs somebody"
            )
        return found


class _Filed(NamedTuple):
    path: str
    id: str
    type: str
    owner: str
    day: date


def practice_of(files: Mapping[str, bytes], moved: date, ends: date) -> Practice:
    """The practice of the demonstration: the roles and the approval matrix as they stand."""
    read = {name: parse(files[f"sms/{name}.yml"].decode()) for name in ("assignments", "control")}
    return Practice(
        ends,
        moved,
        read["assignments"]["assignments"],
        read["control"]["approvals"],
    )


def filing(files: Mapping[str, bytes], practice: Practice) -> Iterator[Chapter]:
    """A chapter for each month and author of documents, and for each month of records, of files no other one brings."""
    records: dict[date, list[_Filed]] = defaultdict(list)
    entries: dict[tuple[date, str, str, str], list[_Filed]] = defaultdict(list)
    for path, content in sorted(files.items()):
        filed = _filed(path, content, practice)
        if path.startswith("sms/records/"):
            records[filed.day].append(filed)
            continue
        row = next(one for one in practice.matrix if filed.type in one["types"])
        role = row["approvers"][0]
        author = _author(filed, practice, practice.holder(role, filed.day))
        entries[filed.day, author, role, row["assurance"]].append(filed)
    told: Counter[date] = Counter()
    for (day, author, role, assurance), group in entries.items():
        on = datetime.combine(day, _ENTRIES, UTC) + told[day] * _BETWEEN
        told[day] += 1
        yield _issue(on, author, practice.holder(role, day), role, assurance, group)
    for day, group in records.items():
        keeper = practice.holder(_KEEPER, day)
        makers = sorted({filed.owner for filed in group} - {keeper})
        on = datetime.combine(day, _RECORDS, UTC)
        says = f"Records of {day:%B %Y}"
        yield Chapter(on, keeper, tuple(makers), says, tuple(one.path for one in group), False, (), ())


def unnamed(files: Mapping[str, bytes], named: set[str]) -> dict[str, bytes]:
    """The documents and records that no chapter brings."""
    return {
        path: content for path, content in files.items() if path not in named and _is_filed(path, content)
    }


def _is_filed(path: str, content: bytes) -> bool:
    if path.startswith("sms/records/"):
        return True
    return path.endswith((".md", ".yml")) and is_controlled(content)


def _filed(path: str, content: bytes, practice: Practice) -> _Filed:
    text = content.decode()
    header = parse(front_matter.split(text).header if text.startswith(front_matter.FENCE) else text)
    days = [day for found in _DAY.findall(text) if (day := date.fromisoformat(found)) <= practice.last]
    if "recorded_by" not in header:
        return _Filed(path, header["id"], header["type"], header["owner"], max([*days, practice.moved]))
    month_end = max(days).replace(day=monthrange(max(days).year, max(days).month)[1])
    return _Filed(path, header["id"], header["type"], header["recorded_by"], min(month_end, practice.last))


def _author(filed: _Filed, practice: Practice, approver: str) -> str:
    """Who answers for the document; nobody approves what they wrote, so then somebody else wrote it."""
    holders = (practice.holder(role, filed.day) for role in (filed.owner, _KEEPER, _STAND_IN))
    return next(person for person in holders if person != approver)


def _issue(
    on: datetime, author: str, approver: str, role: str, assurance: str, group: Sequence[_Filed]
) -> Chapter:
    ids = tuple(filed.id for filed in group)
    says = (
        f"{ids[0]}: moved into the repository"
        if len(ids) == 1
        else f"{ids[0]} and {len(ids) - 1} more: moved into the repository"
    )
    at = signed_before(on) if assurance == "signed" else on
    act = (Act(approver, role, "approve", ids, at, ""),)
    signed, reviewed = (act, ()) if assurance == "signed" else ((), act)
    return Chapter(on, author, (), says, tuple(filed.path for filed in group), False, signed, reviewed)
