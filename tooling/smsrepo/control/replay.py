"""Replays the main branch step by step, each judged by the policy before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from smsrepo.control.acts import Court, Written
from smsrepo.control.approval import Missing, missing, needed_for
from smsrepo.control.digest import Member, genesis_digest
from smsrepo.control.lineage import Act, Lineage, Revision, Version
from smsrepo.control.matrix import Needed
from smsrepo.control.policy import Policy, PolicyChange
from smsrepo.control.policy_in_force import PolicyInForce, people_of
from smsrepo.control.refusal import Refusal
from smsrepo.control.statement import SIGNATURE
from smsrepo.control.versions import Versions, files_of
from smsrepo.load.history import GENESIS
from smsrepo.load.source import APPROVALS, CONTENT_FOLDERS
from smsrepo.model.history import Blob, History, Step

_EVER = datetime.min.replace(tzinfo=UTC)
_LARGEST_STATEMENT = 1 << 20
"""Bytes; what is larger is not read."""


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
        self.policies = PolicyInForce(self.tree, history.contents, history.facts)
        self.versions = Versions(history.facts)
        self._rescan = False
        self._writers: dict[str, frozenset[str]] = {}
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
        facts = self.history.facts
        return genesis_digest(
            Member(blob.mode, path, facts[blob.id].size, facts[blob.id].sha256)
            for path, blob in self.history.tree.items()
            if path.partition("/")[0] in CONTENT_FOLDERS and path != GENESIS
        )

    def run(self) -> Iterator[Moment]:
        """Every step of the history in turn."""
        for step in self.history.steps:
            yield self.take(step)

    def take(self, step: Step) -> Moment:
        """The state after one more step."""
        policy, self.last = self.policy, step
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
        """Let acts have their effect: revisions become approved or lose it, policy changes come into force."""
        acts = list(acts)
        for act in acts:
            lineage = self.lineages.get(act.subject.name)
            revision = lineage.find(act.subject.digest) if lineage else None
            if lineage and revision:
                revision.acts.append(act)
                if act.action == "periodic-review":
                    lineage.reviews.append(act)
                self._settle(lineage, revision, step)
        if self.policies.count(acts):
            self._rescan = True

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
        if revision.approved is None:
            if not self.missing(lineage, revision):
                revision.needed, revision.approved = self.needed(lineage, revision), step.entered
        elif revision.ended is None and any(act.action == "revoke" for act in revision.verdicts()):
            revision.ended = step.entered

    def _take_over(self) -> None:
        """What stood issued when control began is taken over: in force, without proof of its approval."""
        for path in sorted(self.tree):
            version = self.versions.put(path, self.tree, self.policy.types)
            if version is not None:
                revision = self._enter(version, replace(self.genesis, authors={}))
                if not version.type.is_record:
                    self.lineages[version.id].presence[-1] = (_EVER, revision)
                if version.released:
                    revision.approved, revision.adopted = self.genesis.entered, True

    def _transitions(self, step: Step) -> Iterator[Transition]:
        touched: set[str] = set()
        for change in step.changes:
            touched |= self.versions.touched_by(change.path)
            if change.after is None:
                self.tree.pop(change.path, None)
            else:
                self.tree[change.path] = change.after
        if self._rescan:
            touched.update(self.versions.unknown(self.tree, self.policy.types))
            self._rescan = False
        before: dict[str, Version] = {}
        for path in touched:
            if known := self.versions.at(path):
                before[known.id] = self.versions.of_id(known.id) or known
        after = {
            version.id
            for path in touched
            if (version := self.versions.put(path, self.tree, self.policy.types))
        }
        for id_ in sorted({*before, *after}):
            yield self._transition(id_, before.get(id_), step)
        self._note_writers(step)

    def _note_writers(self, step: Step) -> None:
        """Remember who wrote what belongs to no document yet: it may become an attachment, or its type be defined."""
        for path, _, after in step.changes:
            if after and not self.versions.holds(path):
                known = self._writers.get(path, frozenset())
                self._writers[path] = known | people_of(self.policy, step, path)[0]

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
            authors, doubtful = self._authors(lineage, version, before, step)
            revision = Revision(version, step.commit, step.entered, authors, doubtful)
            lineage.revisions.append(revision)
        lineage.current, lineage.gone = version, None
        lineage.presence.append((step.entered, revision))
        return revision

    def _authors(
        self, lineage: Lineage, version: Version, before: Version | None, step: Step
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Everyone who wrote its files, here and in drafts since the last approval, and whom its header names."""
        files, known = set(files_of(version)), set(files_of(before)) if before else set()
        authors, doubtful = people_of(self.policy, step, *files, *([before.path] if before else []))
        declared = version.fields.get("author")
        certain = (authors - doubtful) | ({declared} if isinstance(declared, str) else set())
        certain |= {person for path in files - known for person in self._writers.get(path, ())}
        for earlier in reversed(lineage.revisions):
            if earlier.approved:
                break
            certain |= earlier.authors - earlier.unseparated
            doubtful |= earlier.unseparated
        return authors | certain | doubtful, doubtful - certain

    def _new_statements(self, step: Step) -> Iterator[Written]:
        for path, before, after in step.changes:
            if path.startswith(APPROVALS) and path.endswith(".yml") and before is None and after:
                signature = self.tree.get(path + SIGNATURE)
                yield Written(path, self._small(after) or b"", self._small(signature))

    def _small(self, blob: Blob | None) -> bytes | None:
        known = self.history.facts.get(blob.id) if blob else None
        if blob is None or known is None or known.size > _LARGEST_STATEMENT:
            return None
        return self.history.contents[blob.id]
