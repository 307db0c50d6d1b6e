"""Which policy applies: the one that is approved, whatever lies in the tree."""

from collections.abc import Iterable, Mapping

from smsrepo.control.approval import NOBODY, Missing, missing
from smsrepo.control.digest import ABSENT, Member, document_digest, sha256
from smsrepo.control.lineage import Act
from smsrepo.control.policy import Policy, PolicyChange, is_policy, is_read, policy_of
from smsrepo.model.history import Blob, Facts, Step


class PolicyInForce:
    """A change takes effect with its approvals, for the steps after them; until then it waits."""

    def __init__(
        self, tree: Mapping[str, Blob], contents: Mapping[str, bytes], facts: Mapping[str, Facts]
    ) -> None:
        self._contents, self._facts = contents, facts
        self._approved = {path: blob for path, blob in tree.items() if is_policy(path)}
        self.waiting: dict[str, PolicyChange] = {}
        self.now = self._read()

    def take(self, step: Step) -> list[PolicyChange]:
        """Note the policy files that a step changes; gives those which now wait for approval."""
        exempt = self.now.settings.exempt_paths
        changed = []
        for path, _, after in step.changes:
            if is_policy(path, exempt):
                self.waiting.pop(path, None)
                if after != self._approved.get(path):
                    self.waiting[path] = self._change(path, after, step)
                    changed.append(self.waiting[path])
        return changed

    def count(self, acts: Iterable[Act]) -> bool:
        """Let acts have their effect; true where another policy applies from now on."""
        for act in acts:
            if act.subject.kind == "policy" and act.subject.name in self.waiting:
                self.waiting[act.subject.name].acts.append(act)
        done = [change for change in self.waiting.values() if not self.missing(change)]
        for change in done:
            del self.waiting[change.path]
            if change.blob:
                self._approved[change.path] = change.blob
            else:
                self._approved.pop(change.path, None)
        if any(is_read(change.path) for change in done):
            self.now = self._read()
            return True
        return False

    def missing(self, change: PolicyChange) -> Missing:
        """What a change still lacks."""
        last = {act.person: act for act in change.acts}
        return missing(self.now.settings.policy_row or NOBODY, last.values())

    def _change(self, path: str, after: Blob | None, step: Step) -> PolicyChange:
        before = self._approved.get(path)
        return PolicyChange(
            path, self.digest(before), self.digest(after), after, step.commit, step.entered,
            *people_of(self.now, step, path),
        )  # fmt: skip

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

    def _read(self) -> Policy:
        wanted = {
            path: blob for path, blob in self._approved.items() if is_read(path) and blob.mode == "100644"
        }
        return policy_of({path: self._contents[blob.id] for path, blob in wanted.items()})


def people_of(policy: Policy, step: Step, path: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who wrote a path in a step, as ids of persons or unknown mail addresses; and those of whom that is in doubt."""
    mails = step.authors.get(path, frozenset())
    certain = _persons(policy, mails - step.unseparated)
    doubtful = _persons(policy, mails & step.unseparated) - certain
    return certain | doubtful, doubtful


def _persons(policy: Policy, mails: Iterable[str]) -> frozenset[str]:
    return frozenset(policy.person(mail) or mail for mail in mails)
