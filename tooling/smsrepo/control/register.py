"""The register of documents on any day: the one place that tells which revision is in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from smsrepo.control.approval import Missing, missing
from smsrepo.control.checkpoint import Kept
from smsrepo.control.lineage import APPROVING, Lineage, Revision
from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.model.duration import duration_in
from smsrepo.model.history import History


class State(StrEnum):
    """The state of a revision; computed, never typed."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    OBSOLETE = "obsolete"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands on a day: the revision in force (None: nobody works by it) and the newest one."""

    id: str
    in_force: Revision | None
    latest: Revision | None
    state: State
    next_review: date | None
    suspect: str = ""

    @property
    def revision(self) -> Revision:
        """What describes the document: the revision in force, or else the newest."""
        return self.in_force or self.latest  # type: ignore[return-value] # one of the two is always there

    @property
    def newer(self) -> Revision | None:
        """The newest revision, where it stands beside the one in force and is to take its place."""
        return self.latest if self._differs and not self.altered else None

    @property
    def altered(self) -> bool:
        """Whether the main branch holds other content than is in force, and no higher number tells it from that."""
        now, was = (one.version.number if one else None for one in (self.latest, self.in_force))
        return self._differs and now is not None and was is not None and now <= was

    @property
    def _differs(self) -> bool:
        return bool(self.in_force and self.latest and self.latest is not self.in_force)


@dataclass(frozen=True, eq=False)
class Register:
    """Answers for any day, from a replay that has taken all its steps.

    `checkpoints` are those that somebody kept elsewhere; `known_genesis` is the digest an auditor knows ("" for none);
    `today` tells what lies in the future.
    """

    replay: Replay
    checkpoints: tuple[Kept, ...] = ()
    known_genesis: str = ""
    today: date = date.max

    @property
    def lineages(self) -> Mapping[str, Lineage]:
        """Everything that was ever under control, by id."""
        return self.replay.lineages

    @cached_property
    def settings(self) -> Settings:
        """The settings of the policy in force."""
        return self.replay.policy.settings

    @cached_property
    def taken_over(self) -> int:
        """How many documents stood issued when control began."""
        return sum(revision.adopted for lineage in self.lineages.values() for revision in lineage.revisions)

    def documents(self, on: date) -> Iterator[Standing]:
        """Every document that existed on a day, by id."""
        for id_ in sorted(self.lineages):
            standing = self.standing(id_, on)
            if standing is not None and not standing.revision.version.type.is_record:
                yield standing

    def standing(self, id_: str, on: date) -> Standing | None:
        """Where an id stands on a day; None where there was no such document yet, or nothing but a discarded draft."""
        lineage = self.lineages.get(id_)
        if lineage is None:
            return None
        in_force, latest = lineage.in_force(on), lineage.latest(on)
        if in_force is None and latest is None:
            return None
        review = self.next_review(lineage, on)
        shown = in_force or latest
        state = state_of(lineage, shown, on) if shown else State.DRAFT
        return Standing(id_, in_force, latest, state, review, self._suspect(in_force))

    def missing(self, id_: str) -> Missing:
        """What the newest revision of a document lacks today."""
        lineage = self.lineages[id_]
        revision = lineage.latest(date.max)
        return self.replay.missing(lineage, revision) if revision and not revision.approved else Missing()

    def next_review(self, lineage: Lineage, on: date) -> date | None:
        """By when the revision in force is reviewed: the last approval or recorded review, and the interval."""
        revision = lineage.in_force(on)
        if revision is None or revision.version.status != "issued":
            return None
        own = revision.version.fields.get("review_every")
        planned = self.settings.review_interval(revision.version.type.name)
        interval = duration_in(own) or planned
        return interval.after(last_review(lineage, revision, on)) if interval else None

    def _suspect(self, revision: Revision | None) -> str:
        """Why the approval of a revision is in doubt; empty where it was approved anew, or needs nobody in doubt."""
        if revision is None or revision.needed is None:
            return ""
        verdicts = list(revision.verdicts())
        bad = {act.person for act in verdicts if act.action in APPROVING and act.key in self._compromised}
        if not missing(revision.needed, (act for act in verdicts if act.person not in bad)):
            return ""
        return (
            f"a key that signed the approval of {', '.join(sorted(bad))} was declared compromised"
            if bad
            else ""
        )

    @cached_property
    def _compromised(self) -> frozenset[str]:
        from smsrepo.ssh.keys import fingerprint_of

        keys = [key for person in self.settings.people.values() for key in person.keys]
        keys += [key for collector in self.settings.collectors.values() for key in collector.keys]
        return frozenset(filter(None, (fingerprint_of(key.line) for key in keys if key.compromised_on)))


def last_review(lineage: Lineage, revision: Revision, on: date) -> date:
    """The day on which a revision was last looked at as a whole: approved, or reviewed without change."""
    approved = revision.approved and revision.approved.date()
    begun = (revision.version.effective_from if revision.adopted else None) or approved
    return max([begun or on, *(act.entered.date() for act in lineage.reviewed(revision, on))])


def state_of(lineage: Lineage, revision: Revision, on: date) -> State:
    """The state of a revision on a day."""
    if not revision.version.released:
        return State.DRAFT
    if revision.approved is None or (revision.approved.date() > on and not revision.adopted):
        return State.IN_REVIEW
    in_force = lineage.in_force(on)
    if revision is in_force:
        return State.OBSOLETE if revision.version.status == "obsolete" else State.EFFECTIVE
    if not revision.approved_on(on):
        return State.REVOKED
    if revision.start and revision.start > on:
        return State.APPROVED
    return State.SUPERSEDED


def register_of(history: History) -> Register:
    """Where everything stands after a history, without a verdict on it."""
    replay = Replay(history)
    for _ in replay.run():
        pass
    return Register(replay)
