"""Which policy applies: the one that is approved, whatever lies in the tree."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smsrepo.control.approval import NOBODY, Missing, missing
from smsrepo.control.authorship import union
from smsrepo.control.digest import ABSENT, Member, document_digest, sha256
from smsrepo.control.lineage import Act, standing
from smsrepo.control.policy import GITLINK, Policy, PolicyChange, is_policy, is_read, policy_of
from smsrepo.control.writers import Writers, people_of
from smsrepo.load.contents import Contents
from smsrepo.model.history import Blob, Facts, Step


class PolicyInForce:
    """A change takes effect with its approvals, for the steps after them; until then it waits.

    So does an approved one that would leave settings or schemas unreadable.
    """

    def __init__(
        self,
        tree: Mapping[str, Blob],
        contents: Mapping[str, bytes],
        facts: Mapping[str, Facts],
        writers: Writers,
    ) -> None:
        self._contents, self._facts, self._writers = contents, facts, writers
        self._approved = {path: blob for path, blob in tree.items() if is_policy(path)}
        self._acts: dict[tuple[str, str, str], list[Act]] = {}
        self._mails: dict[str, str] = {}
        self._made_again = False
        self.waiting: dict[str, PolicyChange] = {}
        self.now = self._known(self._read(self._approved))

    def take(self, step: Step) -> list[PolicyChange]:
        """Note the policy files that a step changes; gives those which now wait for approval."""
        exempt = self.now.settings.exempt_paths
        found = [change for change in step.changes if is_policy(change.path, exempt)]
        if isinstance(self._contents, Contents):
            blobs = [blob for c in found for blob in (self._approved.get(c.path), c.after) if blob]
            self._contents.prefetch(b.id for b in blobs if b.mode != GITLINK and b.id not in self._facts)
        changed = []
        for path, _, after in found:
            earlier = self.waiting.pop(path, None)
            if after != self._approved.get(path):
                self.waiting[path] = self._change(path, after, step, earlier)
                changed.append(self.waiting[path])
                self._made_again |= bool(self.waiting[path].acts)
            else:
                self._writers.approved(path)
        return changed

    def count(self, acts: Iterable[Act]) -> bool:
        """Let acts have their effect; true where another policy applies from now on."""
        decided, self._made_again = self._made_again, False
        for act in acts:
            if act.subject.kind == "policy" and act.subject.name in self.waiting:
                self.waiting[act.subject.name].acts.append(act)
                decided = True
        other = False
        while decided and self._apply():
            other = True  # what asks for less by now may let in another change
        return other

    def _apply(self) -> bool:
        """Bring approved changes into force: all together, or else each that can be; true where some were read."""
        done = [change for _, change in sorted(self.waiting.items()) if not self.missing(change)]
        fit = done if self._try(done) else [change for change in done if self._try([change])]
        for change in done:
            change.unfit = change not in fit
        return any(is_read(change.path) for change in fit)

    def _try(self, done: list[PolicyChange]) -> bool:
        """Whether settings and schemas can be read with some changes, which are then in force."""
        approved = {**self._approved, **{change.path: change.blob for change in done if change.blob}}
        for change in done:
            if not change.blob:
                approved.pop(change.path, None)
        if any(is_read(change.path) for change in done):
            policy = self._read(approved)
            if policy.repo.broken - self.now.repo.broken:
                return False  # nobody could approve anything by it, not even its repair
            self.now = self._known(policy)
        self._approved = approved
        for change in done:
            del self.waiting[change.path]
            self._writers.approved(change.path, change.blob)
        return True

    def _known(self, policy: Policy) -> Policy:
        """The policy, which also knows every mail address that was ever approved."""
        known = replace(policy, former=dict(self._mails))
        self._mails.update(policy.person_of_mail)
        return known

    def missing(self, change: PolicyChange) -> Missing:
        """What a change still lacks."""
        return missing(self.now.settings.policy_row or NOBODY, standing(change.acts))

    def _change(
        self, path: str, after: Blob | None, step: Step, earlier: PolicyChange | None
    ) -> PolicyChange:
        before = self._approved.get(path)
        wrote = union([people_of(self.now, step, path), self._writers.at(path)]).known(self.now.person)
        authors, doubtful = wrote.all, wrote.doubtful
        if earlier:  # who wrote what was never approved also wrote what builds on it
            authors, doubtful = authors | earlier.authors, doubtful - earlier.authors
        was, becomes = self.digest(before), self.digest(after)
        # A word about a change stands if it is made again.
        acts = self._acts.setdefault((path, was, becomes), [])
        return PolicyChange(path, was, becomes, after, step.commit, step.entered, authors, doubtful, acts)

    @property
    def paths(self) -> Iterable[str]:
        """The policy files that are in force."""
        return self._approved.keys()

    def approved(self, path: str) -> Blob | None:
        """A policy file as it is in force."""
        return self._approved.get(path)

    def digest(self, blob: Blob | None) -> str:
        """The digest of a policy file, "absent" for none."""
        if blob is None:
            return ABSENT
        if blob.mode == GITLINK:
            return document_digest([Member(blob.mode, ".", 0, blob.id)])
        facts = self._facts.get(blob.id)
        if facts is None:
            content = self._contents[blob.id]
            facts = Facts(sha256(content), len(content))
        return document_digest([Member(blob.mode, ".", facts.size, facts.sha256)])

    def _read(self, approved: Mapping[str, Blob]) -> Policy:
        wanted = {path: blob for path, blob in approved.items() if is_read(path) and blob.mode == "100644"}
        return policy_of({path: self._contents[blob.id] for path, blob in wanted.items()})
