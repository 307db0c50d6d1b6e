"""The life of one document or record: every revision it ever had on the main branch, and what people did about them."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from smsrepo.control.authorship import NOBODY, People, union
from smsrepo.control.digest import Member
from smsrepo.control.matrix import Needed
from smsrepo.control.statement import Statement, Subject
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.day import day_in
from smsrepo.model.revision import Number, number_in

APPROVING = frozenset({"approve", "withdraw"})
DECIDING = APPROVING | {"reject", "revoke"}


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
    def number(self) -> Number | None:
        """The revision; None where there is none, or one that is not `"major.minor"` in quotes."""
        return number_in(self.fields.get("revision"))

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
        named = self.fields.get("effective_from")
        return day_in(named) if isinstance(named, str) and len(named) == len("2026-01-31") else None


@dataclass(frozen=True, slots=True)
class Act:
    """A statement that counts, about one of its subjects, at the moment it entered the history.

    `key` is the fingerprint of the key that signed; `note` what git alone cannot tell about it.
    """

    statement: Statement
    subject: Subject
    path: str
    commit: str
    entered: datetime
    key: str
    note: str = ""

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
    revision was taken over when control began, `confirmed` when it got, after that, the approvals it would have
    needed. `approved_in` is the commit that brought the last approval. `ended` is when the approval was taken back.
    `position` counts the revisions of the lineage that came before.
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
    confirmed: datetime | None = None
    ended: datetime | None = None
    approved_in: str = ""
    position: int = 0

    def approved_on(self, day: date) -> bool:
        """Whether the approval stood on a day. What was taken over counts as approved before control began."""
        if self.approved is None or (self.approved.date() > day and not self.adopted):
            return False
        return self.ended is None or self.ended.date() > day

    def unproven_on(self, day: date) -> bool:
        """Whether it was taken over and, up to a day, nobody had signed for it since."""
        return self.adopted and (self.confirmed is None or self.confirmed.date() > day)

    @property
    def unconfirmed(self) -> bool:
        """Whether it was taken over and nobody has signed for it since."""
        return self.adopted and self.confirmed is None

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
    _known: dict[str, Revision] = field(default_factory=dict)
    _released: list[Revision] = field(default_factory=list)
    _approved: list[Revision] = field(default_factory=list)
    _numbered: dict[Number, list[Revision]] = field(default_factory=dict)
    _highest: list[Number] = field(default_factory=list)
    _open: dict[Number | None, People] = field(default_factory=dict)
    _wrote: People = NOBODY

    def add(self, revision: Revision) -> None:
        """Take in a revision with bytes that the document never had."""
        revision.position = len(self.revisions)
        self.revisions.append(revision)
        version, number = revision.version, revision.version.number
        self._known[version.digest] = revision
        self._keep_open(revision)
        if version.released:
            self._released.append(revision)
            if number is not None:
                self._numbered.setdefault(number, []).append(revision)
                if number not in self._highest:
                    self._highest = sorted([*self._highest, number], reverse=True)[:2]

    def find(self, digest: str) -> Revision | None:
        """The revision with these bytes."""
        return self._known.get(digest)

    def approve(self, revision: Revision, entered: datetime, commit: str) -> None:
        """From a step on a revision is approved; drafts with a lower number can no longer become anything."""
        revision.approved, revision.approved_in = entered, commit
        insort(self._approved, revision, key=lambda one: one.position)
        number = revision.version.number
        for other in [n for n in self._open if n is None or (number is not None and n <= number)]:
            del self._open[other]
        self._wrote = union(self._open.values())

    def end(self, revision: Revision, entered: datetime | None) -> None:
        """The approval of a revision is taken back: from a step on, or (None) as if it had never been."""
        if entered is None:
            revision.approved, revision.needed = None, None
            self._approved.remove(revision)
        revision.ended = entered
        self._keep_open(revision)

    def _keep_open(self, revision: Revision) -> None:
        number = revision.version.number
        wrote = People(revision.authors - revision.unseparated, revision.unseparated)
        self._open[number] = union([self._open.get(number, NOBODY), wrote])
        self._wrote = union([self._wrote, wrote])

    def open_writers(self) -> People:
        """Everyone who wrote what is not approved and may still go on in the next revision."""
        return self._wrote

    def reviewed(self, revision: Revision, on: date) -> list[Act]:
        """The reviews without change of a revision up to a day, in the order in which they entered."""
        mine = (act for act in self.reviews if act.subject.digest == revision.version.digest)
        return [act for act in mine if act.entered.date() <= on]

    def last_review(self, revision: Revision, on: date) -> list[Act]:
        """Those of the latest day."""
        found = self.reviewed(revision, on)
        return [act for act in found if act.entered.date() == found[-1].entered.date()]

    def approved_before(self, revision: Revision) -> Revision | None:
        """The approved revision that a revision follows."""
        for earlier in reversed(self._approved):
            if earlier.position < revision.position and not earlier.ended:
                return earlier
        return None

    def latest(self, on: date) -> Revision | None:
        """What stood on the main branch at the end of a day."""
        return next((revision for moment, revision in reversed(self.presence) if moment.date() <= on), None)

    def in_force(self, on: date) -> Revision | None:
        """The revision that applies on a day: approved, its day reached, and none later that does."""
        for revision in reversed(self._approved):
            if revision.approved_on(on) and (revision.start or date.max) <= on:
                return revision
        return None

    def released(self) -> list[Revision]:
        """The revisions that were ever issued or withdrawn, in the order in which they came; not to be changed."""
        return self._released

    def numbered(self, number: Number) -> list[Revision]:
        """Those of them with a number."""
        return self._numbered.get(number, [])

    def highest_but(self, revision: Revision | None) -> Number | None:
        """The highest number that was ever issued, one revision left out; None where there is no other."""
        for number in self._highest:
            if any(other is not revision for other in self._numbered[number]):
                return number
        return None


def standing(acts: Iterable[Act]) -> Iterator[Act]:
    """Of each person the rejection that is their last word, or else their approvals since, one for each role.

    A review on the forge takes nothing away from a signature: it replaces only reviews, and stands beside the rest.
    """
    found: dict[str, dict[tuple[str, str], Act]] = {}
    for act in acts:
        if act.action not in DECIDING:
            continue
        mine = found.setdefault(act.person, {})
        replaced = [place for place in mine if act.statement.assurance == "signed" or place[1] == "platform"]
        if act.action not in APPROVING or any(mine[place].action not in APPROVING for place in replaced):
            for place in replaced:
                del mine[place]
        mine[act.statement.role, act.statement.assurance] = act
    return (act for mine in found.values() for act in mine.values())
