"""The register of documents on any day: the one place that tells which revision is in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from smsrepo.control.approval import Missing
from smsrepo.control.checkpoint import Kept
from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.model.duration import Duration
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


@dataclass(frozen=True, eq=False)
class Register:
    """Answers for any day, from a replay that has taken all its steps.

    `checkpoints` are those that somebody kept elsewhere; `known_genesis` is the digest an auditor knows ("" for none).
    """

    replay: Replay
    checkpoints: tuple[Kept, ...] = ()
    known_genesis: str = ""

    @property
    def lineages(self) -> Mapping[str, Lineage]:
        """Everything that was ever under control, by id."""
        return self.replay.lineages

    @cached_property
    def settings(self) -> Settings:
        """The settings of the policy in force."""
        return self.replay.policy.settings

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
        interval = (
            Duration(own)
            if isinstance(own, str)
            else self.settings.review_interval(revision.version.type.name)
        )
        return interval.after(last_review(lineage, revision, on)) if interval else None

    def _suspect(self, revision: Revision | None) -> str:
        """Why the approval of a revision is in doubt; empty where it is not."""
        if revision is None:
            return ""
        bad = {
            act.person: act.key
            for act in revision.acts
            if act.statement.assurance == "signed" and act.key in self._compromised
        }
        return f"a key of {', '.join(sorted(bad))} that approved it was declared compromised" if bad else ""

    @cached_property
    def _compromised(self) -> frozenset[str]:
        from smsrepo.control.keys import read_public

        people = self.settings.people.values()
        return frozenset(read_public(k.line).fingerprint for p in people for k in p.keys if k.compromised_on)


def last_review(lineage: Lineage, revision: Revision, on: date) -> date:
    """The day on which a revision was last looked at as a whole: approved, or reviewed without change."""
    begun = revision.start if revision.adopted else revision.approved and revision.approved.date()
    days = [
        act.entered.date()
        for act in lineage.reviews
        if act.subject.digest == revision.version.digest and act.entered.date() <= on
    ]
    return max([begun or on, *days])


def state_of(lineage: Lineage, revision: Revision, on: date) -> State:
    """The state of a revision on a day."""
    if not revision.version.released:
        return State.DRAFT
    if revision.approved is None or revision.approved.date() > on:
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
