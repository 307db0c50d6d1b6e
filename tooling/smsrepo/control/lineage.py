"""The life of one document or record: every revision it ever had on the main branch, and what people did about them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from smsrepo.control.digest import Member
from smsrepo.control.matrix import Needed
from smsrepo.control.statement import Statement, Subject
from smsrepo.model.artefact_type import ArtefactType

APPROVING = frozenset({"approve", "withdraw"})
_DECIDING = APPROVING | {"reject", "revoke"}


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A document or record as it stands in one step. `digest` covers what is `attached`, `substance` see Facts."""

    id: str
    type: ArtefactType
    path: str
    blob: str
    digest: str
    substance: str
    fields: Mapping[str, Any]
    attached: tuple[Member, ...] = ()

    @property
    def revision(self) -> str:
        """major.minor; empty for records."""
        return str(self.fields.get("revision", ""))

    @property
    def status(self) -> str:
        """What the header says."""
        return str(self.fields.get("status", ""))

    @property
    def released(self) -> bool:
        """The owner has issued this revision, or withdrawn the document with it."""
        return not self.type.is_record and self.status in ("issued", "obsolete")

    @property
    def closed(self) -> bool:
        """A record in a closed status."""
        return self.type.is_record and self.status in self.type.closed

    @property
    def effective_from(self) -> date | None:
        """The day the header names; None without one."""
        return day_in(self.fields.get("effective_from"))


@dataclass(frozen=True, slots=True)
class Act:
    """A statement that counts, about one of its subjects, at the moment it entered the history.

    `key` is the fingerprint of the key that signed; `doubt` what git alone cannot rule out.
    """

    statement: Statement
    subject: Subject
    path: str
    commit: str
    entered: datetime
    key: str
    doubt: str = ""

    @property
    def action(self) -> str:
        """What was done."""
        return self.statement.action

    @property
    def person(self) -> str:
        """Who did it."""
        return self.statement.person


@dataclass(slots=True, eq=False)
class Revision:
    """One released or drafted state of a document's bytes. The replay fills it; afterwards it is only read.

    `authors` are ids of persons, or mail addresses nobody in sms/people.yml has. `approved` is when the last
    approval that was needed entered the history, by `needed`, the rule that applied then; `adopted` says that the
    revision was taken over when control began. `ended` is when its approval was taken back.
    """

    version: Version
    commit: str
    entered: datetime
    authors: frozenset[str]
    unseparated: frozenset[str] = frozenset()
    acts: list[Act] = field(default_factory=list)
    needed: Needed | None = None
    approved: datetime | None = None
    adopted: bool = False
    ended: datetime | None = None

    def approved_on(self, day: date) -> bool:
        """Whether the approval stood on a day. What was taken over counts as approved before control began."""
        if self.approved is None or (self.approved.date() > day and not self.adopted):
            return False
        return self.ended is None or self.ended.date() > day

    @property
    def start(self) -> date | None:
        """From which day the revision applies: as its header says, never before its approval; None while not approved.

        What was taken over when control began applies as its header says.
        """
        if self.approved is None:
            return None
        wanted = self.version.effective_from or date.min
        return wanted if self.adopted else max(wanted, self.approved.date())

    def verdicts(self) -> Iterator[Act]:
        """What stands of the acts that approve or reject."""
        return standing(self.acts)


@dataclass(slots=True, eq=False)
class Lineage:
    """All revisions of one id in the order in which they entered. `gone` is when the file left the main branch.

    `presence` says from when on which revision stood on the main branch; what was there when control began, from ever.
    """

    id: str
    revisions: list[Revision] = field(default_factory=list)
    current: Version | None = None
    gone: datetime | None = None
    reviews: list[Act] = field(default_factory=list)
    presence: list[tuple[datetime, Revision | None]] = field(default_factory=list)

    def find(self, digest: str) -> Revision | None:
        """The revision with these bytes."""
        return next(
            (revision for revision in reversed(self.revisions) if revision.version.digest == digest), None
        )

    def latest(self, on: date) -> Revision | None:
        """What stood on the main branch at the end of a day."""
        found = None
        for moment, revision in self.presence:
            if moment.date() > on:
                break
            found = revision
        return found

    def in_force(self, on: date) -> Revision | None:
        """The revision that applies on a day: approved, its day reached, and none later that does."""
        for revision in reversed(self.revisions):
            if revision.approved and revision.approved_on(on) and (revision.start or date.max) <= on:
                return revision
        return None

    def released(self) -> list[Revision]:
        """The revisions that were ever issued or withdrawn."""
        return [revision for revision in self.revisions if revision.version.released]


def day_in(value: object) -> date | None:
    """The day in a field; None where it holds none."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def standing(acts: Iterable[Act]) -> Iterator[Act]:
    """Of each person the rejection that is their last word, or else their approvals since, one for each role.

    A review on the forge takes nothing away from a signature.
    """
    found: dict[str, dict[tuple[str, str], Act]] = {}
    for act in acts:
        if act.action not in _DECIDING:
            continue
        mine = found.setdefault(act.person, {})
        if act.action not in APPROVING or any(earlier.action not in APPROVING for earlier in mine.values()):
            mine.clear()
        mine[act.statement.role, act.statement.assurance] = act
    return (act for mine in found.values() for act in mine.values())
