"""Judges statements as they enter the history: each becomes acts that count, or a refusal with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from smsrepo.control import statement
from smsrepo.control.lineage import Act, Lineage
from smsrepo.control.people import Key
from smsrepo.control.policy import Policy, PolicyChange
from smsrepo.control.refusal import Refusal, RefusedError
from smsrepo.control.statement import Statement
from smsrepo.control.subjects import weigh
from smsrepo.errors import UserError
from smsrepo.model.history import Step
from smsrepo.ssh import sshsig
from smsrepo.ssh.keys import read_public

SKEW = timedelta(days=1)
"""How far the clock of who signs may be ahead of the one of who commits."""


class Written(NamedTuple):
    """A statement as it lies in the tree; `signature` is None where the file beside it is missing."""

    path: str
    content: bytes
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Court:
    """What statements of a step are judged by: the policy before the step, and what the history holds.

    `waiting` are the changes of policy files that wait for approval, by path.
    """

    policy: Policy
    step: Step
    lineages: Mapping[str, Lineage]
    waiting: Mapping[str, PolicyChange]

    def judge(self, written: Written) -> Iterator[Act | Refusal]:
        """The acts of a statement, one for each subject that counts, and the refusals."""
        try:
            said, key = self._statement(written)
        except RefusedError as error:
            yield Refusal(written.path, error.reason, error.hint, error.rule)
            return
        for subject in said.subjects:
            yield self.weigh(Act(said, subject, written.path, self.step.commit, self.step.entered, key))

    def weigh(self, act: Act) -> Act | Refusal:
        """The act, where its person may do this to its subject; also for a review on a forge, which has no file."""
        try:
            self._person(act.statement)
            return weigh(act, self)
        except RefusedError as error:
            name = f"{act.subject.name} {act.subject.revision}".strip()
            return Refusal(act.path, f"{name}: {error.reason}", error.hint, error.rule)

    def _statement(self, written: Written) -> tuple[Statement, str]:
        try:
            said = statement.read(written.content)
        except statement.MalformedError as error:
            raise RefusedError(
                f"this is no approval statement: {error}", "Make it anew with sms approve."
            ) from error
        if written.path != statement.path_of(said, written.content):
            raise RefusedError(
                f"its name does not fit its content: it belongs at {statement.path_of(said, written.content)}"
            )
        if said.repository != self.policy.settings.repository:
            raise RefusedError(f"it was made for another repository ({said.repository})")
        if written.signature is None:
            raise RefusedError(
                "the signature beside it is missing", f"Add {written.path}{statement.SIGNATURE}."
            )
        try:
            key = sshsig.verify(written.content, written.signature)
        except sshsig.SignatureError as error:
            raise RefusedError(f"the signature does not hold: {error}") from error
        return said, self.signer(said, key.line)

    def signer(self, said: Statement, line: str) -> str:
        """The fingerprint of the key, once it is known to be one that may sign this statement today."""
        if said.meaning != statement.MEANINGS[said.action]:
            raise RefusedError(f"its meaning is not “{statement.MEANINGS[said.action]}”")
        person = self.policy.settings.people.get(said.person)
        if person is None:
            raise RefusedError(f"nobody called `{said.person}` was known when it entered the history")
        if said.name != person.name:
            raise RefusedError(f"it prints the name {said.name}, but `{said.person}` is {person.name}")
        keys = person.keys if said.assurance == "signed" else self._collector_keys(said)
        owner = said.person if said.assurance == "signed" else "a collector of this forge"
        matching = [key for key in keys if _same_key(key.line, line)]
        if not matching:
            raise RefusedError(
                f"it is signed with a key that did not belong to {owner} when it entered the history",
                "Keys count from the moment their own change to sms/people.yml is approved.",
            )
        lost = [key.compromised_on for key in matching if key.compromised_on]
        if lost and self.step.day >= min(lost):
            raise RefusedError(f"its key may have been in other hands since {min(lost)}")
        reasons = [reason for key in matching if (reason := self._unfit(key, said))]
        if len(reasons) == len(matching):  # a key may have several periods
            raise RefusedError(reasons[-1])
        return read_public(line).fingerprint

    def _person(self, said: Statement) -> None:
        person, day = self.policy.settings.people[said.person], self.step.day
        if not person.active(day):
            raise RefusedError(f"{person.name} was not active on {day}")
        if said.role and person.id not in {
            holder.id for holder in self.policy.settings.holders(said.role, day)
        }:
            raise RefusedError(f"{person.name} did not hold the role {said.role} on {day}")
        if not said.role and said.action != "acknowledge":
            raise RefusedError("it names no role")

    def _collector_keys(self, said: Statement) -> tuple[Key, ...]:
        forge, login = said.evidence.get("forge"), said.evidence.get("login")
        accounts = self.policy.settings.people[said.person].accounts
        if not isinstance(forge, str) or str(login).lower() != accounts.get(forge, "").lower():
            raise RefusedError(f"the account {login} is not that of `{said.person}` on {forge}")
        return tuple(
            key for one in self.policy.settings.collectors.values() if one.forge == forge for key in one.keys
        )

    def _unfit(self, key: Key, said: Statement) -> str:
        """Why an entry of a key does not let it sign this now; empty where it does."""
        day = self.step.day
        if day < key.start or (key.end and day > key.end):
            until = f" to {key.end}" if key.end else " on"
            return f"its key was valid from {key.start}{until}, but it entered the history on {day}"
        if said.signed_at.date() < key.start or said.signed_at - self.step.entered > SKEW:
            return (
                f"it claims to be signed at {said.signed_at:%Y-%m-%d %H:%M} UTC, which cannot be: "
                f"its key is valid from {key.start}, and it came at {self.step.entered:%Y-%m-%d %H:%M} UTC"
            )
        return ""


def _same_key(known: str, line: str) -> bool:
    try:
        return read_public(known).line == line
    except UserError:  # a key that is not accepted is no key
        return False
