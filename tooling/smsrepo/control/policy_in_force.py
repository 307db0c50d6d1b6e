"""Which policy applies: the one that is approved, whatever lies in the tree."""

from collections.abc import Iterable, Mapping

from smsrepo.control.approval import NOBODY, Missing, missing
from smsrepo.control.digest import ABSENT, Member, document_digest, sha256
from smsrepo.control.lineage import Act, standing
from smsrepo.control.policy import Policy, PolicyChange, is_policy, is_read, policy_of
from smsrepo.model.history import Blob, Facts, Step


class PolicyInForce:
    """A change takes effect with its approvals, for the steps after them; until then it waits.

    So does an approved one that would leave settings or schemas unreadable.
    """

    def __init__(
        self, tree: Mapping[str, Blob], contents: Mapping[str, bytes], facts: Mapping[str, Facts]
    ) -> None:
        self._contents, self._facts = contents, facts
        self._approved = {path: blob for path, blob in tree.items() if is_policy(path)}
        self.waiting: dict[str, PolicyChange] = {}
        self.now = self._read(self._approved)

    def take(self, step: Step) -> list[PolicyChange]:
        """Note the policy files that a step changes; gives those which now wait for approval."""
        exempt = self.now.settings.exempt_paths
        changed = []
        for path, _, after in step.changes:
            if is_policy(path, exempt):
                earlier = self.waiting.pop(path, None)
                if after != self._approved.get(path):
                    self.waiting[path] = self._change(path, after, step, earlier)
                    changed.append(self.waiting[path])
        return changed

    def count(self, acts: Iterable[Act]) -> bool:
        """Let acts have their effect; true where another policy applies from now on."""
        for act in acts:
            if act.subject.kind == "policy" and act.subject.name in self.waiting:
                self.waiting[act.subject.name].acts.append(act)
        done = [change for change in self.waiting.values() if not self.missing(change)]
        approved = {**self._approved, **{change.path: change.blob for change in done if change.blob}}
        for change in done:
            if not change.blob:
                approved.pop(change.path, None)
        read = any(is_read(change.path) for change in done)
        policy = self._read(approved) if read else self.now
        if (
            policy.repo.broken - self.now.repo.broken
        ):  # nobody could approve anything by it, not even its repair
            for change in done:
                change.unfit = True
            return False
        for change in done:
            del self.waiting[change.path]
        self._approved, self.now = approved, policy
        return read

    def missing(self, change: PolicyChange) -> Missing:
        """What a change still lacks."""
        return missing(self.now.settings.policy_row or NOBODY, standing(change.acts))

    def _change(
        self, path: str, after: Blob | None, step: Step, earlier: PolicyChange | None
    ) -> PolicyChange:
        before = self._approved.get(path)
        authors, doubtful = people_of(self.now, step, path)
        if earlier:  # who wrote what was never approved also wrote what builds on it
            authors, doubtful = authors | earlier.authors, doubtful - earlier.authors
        return PolicyChange(
            path, self.digest(before), self.digest(after), after, step.commit, step.entered, authors, doubtful
        )

    def approved(self, path: str) -> Blob | None:
        """A policy file as it is in force."""
        return self._approved.get(path)

    def approved_digest(self, path: str) -> str:
        """The digest of a policy file as it is in force, "absent" where there is none."""
        return self.digest(self._approved.get(path))

    def digest(self, blob: Blob | None) -> str:
        """The digest of a policy file, "absent" for none."""
        if blob is None:
            return ABSENT
        facts = self._facts.get(blob.id)
        if facts is None:
            content = self._contents[blob.id]
            facts = Facts(sha256(content), len(content))
        return document_digest([Member(blob.mode, ".", facts.size, facts.sha256)])

    def _read(self, approved: Mapping[str, Blob]) -> Policy:
        wanted = {path: blob for path, blob in approved.items() if is_read(path) and blob.mode == "100644"}
        return policy_of({path: self._contents[blob.id] for path, blob in wanted.items()})


def people_of(policy: Policy, step: Step, *paths: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who wrote paths in a step, as ids of persons or unknown mail addresses; and those of whom that is in doubt."""
    mails = frozenset(mail for path in paths for mail in step.authors.get(path, ()))
    certain = _persons(policy, mails - step.unseparated)
    doubtful = _persons(policy, mails & step.unseparated) - certain
    return certain | doubtful, doubtful


def _persons(policy: Policy, mails: Iterable[str]) -> frozenset[str]:
    return frozenset(policy.person(mail) or mail for mail in mails)
