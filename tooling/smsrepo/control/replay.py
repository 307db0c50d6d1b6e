"""Replays the main branch step by step, each judged by the policy before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from smsrepo.control.acts import Court, Written
from smsrepo.control.approval import Missing, missing, needed_for
from smsrepo.control.authorship import NOBODY, People, union
from smsrepo.control.digest import Member, genesis_digest
from smsrepo.control.lineage import Act, Lineage, Revision, Version
from smsrepo.control.matrix import Needed
from smsrepo.control.policy import Policy, PolicyChange
from smsrepo.control.policy_in_force import PolicyInForce
from smsrepo.control.refusal import Refusal
from smsrepo.control.statement import SIGNATURE
from smsrepo.control.versions import Versions, files_of
from smsrepo.control.writers import Writers, people_of
from smsrepo.load.history import GENESIS
from smsrepo.load.source import APPROVALS, CONTENT_FOLDERS
from smsrepo.load.text import MAX_BYTES
from smsrepo.model.history import Blob, History, Step

_EVER = datetime.min.replace(tzinfo=UTC)


class Transition(NamedTuple):
    """A document or record before and after a step.

    `revision` is what it became, None where its file left. `moved` is true where nothing but the path changed.
    """

    id: str
    before: Version | None
    after: Version | None
    revision: Revision | None
    lineage: Lineage

    @property
    def path(self) -> str:
        """Where the document is, or was."""
        return (self.after or self.before).path  # type: ignore[union-attr] # one of the two is always there

    @property
    def moved(self) -> bool:
        """Whether nothing but the path changed."""
        return bool(self.before and self.after and self.before.digest == self.after.digest)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A step with everything it brought, for the rules. `policy` is the one it is judged by: that before it."""

    step: Step
    policy: Policy
    transitions: tuple[Transition, ...]
    policy_changes: tuple[PolicyChange, ...]
    acts: tuple[Act, ...]
    refusals: tuple[Refusal, ...]
    replay: "Replay"


class Replay:
    """The state of everything under control. It begins with the genesis of a history; then it takes steps."""

    def __init__(self, history: History) -> None:
        if history.genesis is None:
            raise ValueError("control has not begun")
        self.history = history
        self.genesis = history.genesis
        self.tree: dict[str, Blob] = dict(history.tree)
        self.lineages: dict[str, Lineage] = {}
        self._writers = Writers(history.contents, history.facts)
        self.policies = PolicyInForce(self.tree, history.contents, history.facts, self._writers)
        self.versions = Versions(history.facts)
        self.last = history.genesis
        self._take_over()

    @property
    def policy(self) -> Policy:
        """The policy that applies now."""
        return self.policies.now

    @property
    def head(self) -> str:
        """The commit of the last step."""
        return self.last.commit

    def digest_at_genesis(self) -> str:
        """The digest over every file of the content folders as control began, sms/genesis.yml left out."""
        tree = {path: blob for path, blob in self.history.tree.items() if path != GENESIS}
        return self.digest_of(tree)

    def digest_of(self, tree: Mapping[str, Blob]) -> str:
        """The digest over every file of the content folders in a tree of the history."""
        facts = self.history.facts
        return genesis_digest(
            Member(blob.mode, path, facts[blob.id].size, facts[blob.id].sha256)
            for path, blob in tree.items()
            if path.partition("/")[0] in CONTENT_FOLDERS
        )

    def run(self) -> Iterator[Moment]:
        """Every step of the history in turn."""
        for step in self.history.steps:
            yield self.take(step)

    def take(self, step: Step) -> Moment:
        """The state after one more step."""
        policy, self.last = self.policy, step
        self._writers.note(policy, step)
        changes = tuple(self.policies.take(step))
        transitions = tuple(self._transitions(step))
        court = self.court(policy, step)
        judged = [verdict for written in self._new_statements(step) for verdict in court.judge(written)]
        acts = tuple(verdict for verdict in judged if isinstance(verdict, Act))
        refusals = tuple(verdict for verdict in judged if isinstance(verdict, Refusal))
        self.count(acts, step)
        return Moment(step, policy, transitions, changes, acts, refusals, self)

    def court(self, policy: Policy, step: Step) -> Court:
        """Where acts of a step are judged, by a policy."""
        return Court(policy, step, self.lineages, self.policies.waiting)

    def count(self, acts: Iterable[Act], step: Step) -> None:
        """Let acts have their effect: revisions become approved or lose it, policy changes come into force.

        All acts of a step count together: whoever rejects in it is heard, whatever the files are called.
        """
        acts = sorted(acts, key=lambda act: (act.statement.signed_at, act.path))
        decided: dict[Revision, Lineage] = {}
        for act in acts:
            lineage = self.lineages.get(act.subject.name)
            revision = lineage.find(act.subject.digest) if lineage else None
            if lineage and revision:
                revision.acts.append(act)
                decided[revision] = lineage
                if act.action == "periodic-review":
                    lineage.reviews.append(act)
        for revision, lineage in decided.items():
            self._settle(lineage, revision, step)
        if self.policies.count(acts):
            self._read_anew(step)
            self._settle_waiting(step)

    def needed(self, lineage: Lineage, revision: Revision) -> Needed:
        """The least a revision needs to be approved, by the policy that applies now."""
        return self._sufficient(lineage, revision)[0]

    def missing(self, lineage: Lineage, revision: Revision) -> Missing:
        """What a revision that is not approved still lacks."""
        lacking = [missing(needed, revision.verdicts()) for needed in self._sufficient(lineage, revision)]
        return lacking[0] if all(lacking) else Missing()

    def _sufficient(self, lineage: Lineage, revision: Revision) -> tuple[Needed, ...]:
        return needed_for(self.policy, lineage, revision, self.history.changed)

    def _settle(self, lineage: Lineage, revision: Revision, step: Step) -> None:
        """Approved at the step that brings the last approval needed; no longer, from the step that takes it back."""
        if not revision.version.released:
            return
        if revision.approved and revision.approved_in == step.commit and self.missing(lineage, revision):
            lineage.end(revision, None)  # a review on the forge that is about the same step came to it
        if revision.approved is None:
            if not self.missing(lineage, revision):
                revision.needed = self.needed(lineage, revision)
                lineage.approve(revision, step.entered, step.commit)
                here = lineage.current
                if here and here.digest == revision.version.digest:
                    for path in files_of(here):
                        self._writers.approved(path, self.tree.get(path))
        elif revision.unconfirmed and not self.missing(lineage, revision):
            revision.confirmed = step.entered
        elif revision.ended is None and any(act.action == "revoke" for act in revision.verdicts()):
            lineage.end(revision, step.entered)

    def _settle_waiting(self, step: Step) -> None:
        """Where the policy asks for less by now, what was given before may be enough."""
        for lineage in self.lineages.values():
            revision = lineage.find(lineage.current.digest) if lineage.current else None
            if revision and revision.acts and (revision.approved is None or revision.unconfirmed):
                self._settle(lineage, revision, step)

    def _take_over(self) -> None:
        """What stood issued when control began is taken over: in force, without proof of its approval."""
        for path in sorted(self.tree):
            version = self.versions.put(path, self.tree, self.policy.types)
            if version is not None:
                revision = self._enter(version, replace(self.genesis, authors={}))
                if not version.type.is_record:
                    self.lineages[version.id].presence[-1] = (_EVER, revision)
                if version.released:
                    revision.adopted = True
                    self.lineages[version.id].approve(revision, self.genesis.entered, "")

    def _transitions(self, step: Step) -> Iterator[Transition]:
        touched: set[str] = set()
        for change in step.changes:
            touched |= self.versions.touched_by(change.path)
            if change.after is None:
                self.tree.pop(change.path, None)
            else:
                self.tree[change.path] = change.after
        before: dict[str, Version] = {}
        for path in touched:
            if known := self.versions.at(path):
                before[known.id] = self.versions.of_id(known.id) or known
        after = {
            version.id
            for path in sorted(touched)
            if (version := self.versions.put(path, self.tree, self.policy.types))
        }
        for id_ in sorted({*before, *after}):
            yield self._transition(id_, before.get(id_), step)

    def _read_anew(self, step: Step) -> None:
        """What other types make of the files: documents of a new type come, those of one that is gone leave."""
        outdated = self.versions.outdated(self.tree, self.policy.types)
        ids = {known.id for path in outdated if (known := self.versions.at(path))}
        for path in outdated:
            if version := self.versions.put(path, self.tree, self.policy.types):
                ids.add(version.id)
        quiet = replace(step, changes=(), authors={})
        for id_ in sorted(ids):
            version, lineage = self.versions.of_id(id_), self.lineages.get(id_)
            if version and lineage and lineage.current and lineage.current.digest == version.digest:
                lineage.current = version
                if revision := lineage.find(version.digest):
                    revision.version = version
            elif version or (lineage and lineage.current):
                self._transition(id_, None, quiet)

    def _transition(self, id_: str, before: Version | None, step: Step) -> Transition:
        after = self.versions.of_id(id_)
        if after is None:
            lineage = self.lineages[id_]
            lineage.current, lineage.gone = None, step.entered
            lineage.presence.append((step.entered, None))
            return Transition(id_, before, None, None, lineage)
        revision = self._enter(after, step, before)
        return Transition(id_, before, after, revision, self.lineages[id_])

    def _enter(self, version: Version, step: Step, before: Version | None = None) -> Revision:
        lineage = self.lineages.setdefault(version.id, Lineage(version.id))
        revision = lineage.find(version.digest)
        if revision is None:
            wrote = NOBODY if version.type.is_record else self._authors(lineage, version, before, step)
            revision = Revision(version, step.commit, step.entered, wrote.all, wrote.doubtful)
            lineage.add(revision)
        elif revision.approved and not revision.ended:
            for path in files_of(version):
                self._writers.approved(path)
        lineage.current, lineage.gone = version, None
        lineage.presence.append((step.entered, revision))
        return revision

    def _authors(self, lineage: Lineage, version: Version, before: Version | None, step: Step) -> People:
        """Everyone who wrote its files or what they come from, since the last approval, and whom its header names."""
        paths = [*files_of(version), *([before.path] if before else [])]
        wrote = [people_of(self.policy, step, *paths), self._writers.at(*paths), lineage.open_writers()]
        declared = version.fields.get("author")
        wrote.append(People(frozenset({declared} if isinstance(declared, str) else ())))
        return union(wrote).known(self.policy.person)

    def _new_statements(self, step: Step) -> Iterator[Written]:
        for path, before, after in step.changes:
            if path.startswith(APPROVALS) and path.endswith(".yml") and before is None and after:
                signature = self.tree.get(path + SIGNATURE)
                yield Written(path, self._small(after) or b"", self._small(signature))

    def _small(self, blob: Blob | None) -> bytes | None:
        known = self.history.facts.get(blob.id) if blob else None
        if blob is None or known is None or known.size > MAX_BYTES:
            return None
        return self.history.contents[blob.id]
