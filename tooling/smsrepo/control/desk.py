"""The desk of a person: what awaits a decision of theirs, and the statements that would take it.

Everything is weighed by the court that will judge the statements later, so the two cannot disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from smsrepo.control.acts import Court
from smsrepo.control.approval import NOBODY, needed_for
from smsrepo.control.capacity import Capacity
from smsrepo.control.disposals import Gone, gone
from smsrepo.control.lineage import Act, Lineage, Revision
from smsrepo.control.matter import Matter, about_document, statements
from smsrepo.control.people import Person
from smsrepo.control.policy import PolicyChange, is_policy
from smsrepo.control.refusal import Refusal, RefusedError
from smsrepo.control.replay import Moment, Replay
from smsrepo.control.seen import Seen
from smsrepo.control.statement import Statement, Subject
from smsrepo.control.subjects import approval_row
from smsrepo.control.succession import with_number
from smsrepo.errors import UserError
from smsrepo.model.closest import did_you_mean

_LOOK = "sms status {} says where it stands."
_TAKEN_OVER = "was taken over as approved when control began"


@dataclass(frozen=True)
class Desk:
    """`moment` is the step in which a statement would enter the main branch, with all it brings otherwise.

    `role` limits the person to one of their roles; "" lets them act in all. Without `seen` nothing is compared.
    Every method that takes a name raises UserError with the reason why the person may not do it.
    """

    moment: Moment
    person: Person
    role: str = ""
    seen: Seen | None = None

    @property
    def replay(self) -> Replay:
        """Where everything stands."""
        return self.moment.replay

    @cached_property
    def court(self) -> Court:
        """Where a statement made now would be judged."""
        return self.replay.court(self.moment.policy, self.moment.step)

    @cached_property
    def capacity(self) -> Capacity:
        """The roles in which the person acts."""
        return Capacity(self.moment.policy.settings, self.moment.step.day, self.person, self.role)

    def waiting(self) -> tuple[list[Matter], list[UserError]]:
        """What an approval by this person would bring on, withdrawals and disposals too; why not the rest."""
        found: list[Matter] = []
        left_out: list[UserError] = []
        for name in self._undecided():
            try:
                found += self.approve(name)
            except UserError as error:
                left_out.append(error)
        return found, left_out

    def approve(self, name: str) -> list[Matter]:
        """The approval of a document, a policy file (by path), or the records that a disposal names."""
        if name in self.replay.policies.waiting or self._is_policy(name):
            return [self._policy("approve", name)]
        lineage = self._lineage(name)
        if lineage.revisions[-1].version.type.is_record:
            return self._disposals(lineage)
        revision = self._open(lineage, afterwards=True)
        action = "withdraw" if revision.version.status == "obsolete" else "approve"
        return [self._document(action, lineage, revision, self._needed_roles(lineage, revision))]

    def withdraw(self, name: str) -> list[Matter]:
        """The approval of a revision that withdraws its document."""
        current = self._document_lineage(name).current
        if current and current.status != "obsolete":
            raise UserError(
                f"{name} {current.revision} does not withdraw the document",
                "Its owner makes a new revision with `status: obsolete` first.",
            )
        return self.approve(name)

    def reject(self, name: str) -> Matter:
        """The rejection of a document or policy file that is up for approval."""
        if name in self.replay.policies.waiting or self._is_policy(name):
            return self._policy("reject", name)
        lineage = self._document_lineage(name)
        revision = self._open(lineage)
        return self._document(
            "reject",
            lineage,
            revision,
            [self.capacity.one(self._approvers(lineage, revision), _named(revision))],
        )

    def revoke(self, name: str) -> Matter:
        """Taking back the approval of the revision in force, or of another ("POL-001@1.1")."""
        id_, _, number = name.partition("@")
        lineage = self._document_lineage(id_)
        revision = with_number(lineage, number) if number else self._in_force(lineage)
        if revision is None:
            raise UserError(f"{id_} has no revision {number}", _LOOK.format(id_))
        if revision.approved is None or revision.ended:
            state = "was taken back already" if revision.ended else "was never given"
            raise UserError(f"the approval of {_named(revision)} {state}", _LOOK.format(id_))
        return self._document(
            "revoke",
            lineage,
            revision,
            [self.capacity.one(self._approvers(lineage, revision), _named(revision))],
        )

    def review(self, name: str) -> Matter:
        """The periodic review of the revision in force."""
        lineage = self._document_lineage(name)
        revision = self._in_force(lineage)
        row = approval_row(self.moment.policy, revision)
        fitting = (str(revision.version.fields.get("owner", "")), *(row.needed.approvers if row else ()))
        return self._document(
            "periodic-review", lineage, revision, [self.capacity.one(fitting, _named(revision))]
        )

    def acknowledge(self, name: str) -> Matter:
        """That the person has read the revision in force."""
        lineage = self._document_lineage(name)
        revision = self._in_force(lineage)
        mine = (act for act in revision.acts if (act.action, act.person) == ("acknowledge", self.person.id))
        if done := next(mine, None):
            raise UserError(
                f"{self.person.name} acknowledged {_named(revision)} on {done.entered:%Y-%m-%d}",
                "Nothing more is to be done.",
            )
        return self._document("acknowledge", lineage, revision, [""])

    def statements(self, matters: Iterable[Matter], now: datetime, reason: str = "") -> list[Statement]:
        """One statement for each action and role, over all that is decided so."""
        return statements(matters, self.person, self.moment.policy.settings.repository, now, reason)

    def check_key(self, line: str, said: Statement) -> None:
        """Raises UserError unless the key is one with which the person may sign this today."""
        if line not in {key.line for key in self.person.keys}:
            raise UserError(
                f"this is no key of {self.person.name} in sms/people.yml, as it is approved on the main branch",
                "sms keys list shows the keys. A new one (sms keys add) counts once its own pull request is approved.",
            )
        try:
            self.court.signer(said, line)
        except RefusedError as error:
            raise UserError(error.reason, error.hint) from error

    def _undecided(self) -> Iterator[str]:
        yield from self.replay.policies.waiting
        for id_, lineage in sorted(self.replay.lineages.items()):
            newest = lineage.find(lineage.current.digest) if lineage.current else None
            if newest and newest.version.released and newest.approved is None:
                yield id_
        yield from dict.fromkeys(one.record for one in self._gone if one.lacks)

    def _is_policy(self, name: str) -> bool:
        return "/" in name and is_policy(name, self.moment.policy.settings.exempt_paths)

    def _lineage(self, name: str) -> Lineage:
        lineage = self.replay.lineages.get(name)
        if lineage is not None:
            return lineage
        if self.seen and any(path.rpartition("/")[2].startswith(name) for path in self.seen.uncommitted):
            raise UserError(f"{name} is not committed", "Commit it first: that is what is signed.")
        hint = did_you_mean(name.upper(), self.replay.lineages, "sms register --all lists the documents.")
        raise UserError(f"there is no {name} under control", hint)

    def _document_lineage(self, name: str) -> Lineage:
        lineage = self._lineage(name)
        if lineage.revisions[-1].version.type.is_record:
            raise UserError(f"{name} is a record; it is disposed of, not approved", f"sms dispose {name}")
        return lineage

    def _open(self, lineage: Lineage, afterwards: bool = False) -> Revision:
        """The newest revision, up for approval (or `afterwards`, where it was taken over) and what the person sees."""
        revision = lineage.find(lineage.current.digest) if lineage.current else None
        if lineage.current is None or revision is None:
            raise UserError(
                f"{lineage.id} is not there as a document", "sms check says what is wrong with its file."
            )
        self._is_seen(_named(revision), self.replay.versions.files(lineage.current.path))
        if not revision.version.released:
            raise UserError(f"{_named(revision)} is a draft", "Its owner issues it first: `status: issued`.")
        late = afterwards and revision.adopted and self.replay.missing(lineage, revision)
        if revision.approved and not late:
            how = _TAKEN_OVER if revision.adopted else "is approved already"
            raise UserError(
                f"{_named(revision)} {how} (since {revision.approved:%Y-%m-%d})",
                f"To take an approval back: sms revoke {lineage.id} --reason TEXT",
            )
        return revision

    def _is_seen(self, name: str, paths: Iterable[str]) -> None:
        if self.seen:
            self.seen.compare(name, paths, self.replay.tree)

    def _in_force(self, lineage: Lineage) -> Revision:
        revision = lineage.in_force(self.moment.step.day)
        if revision is None:
            raise UserError(f"no revision of {lineage.id} is in force", _LOOK.format(lineage.id))
        return revision

    def _approvers(self, lineage: Lineage, revision: Revision) -> tuple[str, ...]:
        """The roles that decide on a revision, by its full row and a reduced one, or those of the one before it."""
        before = lineage.approved_before(revision)
        rows = [approval_row(self.moment.policy, one) for one in (revision, before) if one]
        needs = [need for row in rows if row for need in (row.needed, row.minor) if need]
        return tuple(dict.fromkeys(role for need in needs for role in need.approvers))

    def _needed_roles(self, lineage: Lineage, revision: Revision) -> list[str]:
        """The roles in which an approval by this person would bring a revision on."""
        sufficient = needed_for(self.replay.policy, lineage, revision, self.replay.history.changed)
        return self.capacity.needed(sufficient, revision, _named(revision))

    def _document(self, action: str, lineage: Lineage, revision: Revision, roles: list[str]) -> Matter:
        return self._weighed(about_document(action, lineage, revision, roles), revision)

    def _policy(self, action: str, path: str) -> Matter:
        change = self.replay.policies.waiting.get(path)
        self._is_seen(path, [path])
        if change is None:
            raise UserError(f"no change of {path} waits for approval", "Commit it on a branch first.")
        needed = self.moment.policy.settings.policy_row or NOBODY
        if action == "approve":
            roles = self.capacity.needed([needed], change, path)
        else:
            roles = [self.capacity.one(needed.approvers, path)]
        subject = Subject("policy", path, "", change.after, change.before)
        before = self.replay.policies.approved(path)
        return self._weighed(
            Matter(
                action, subject, tuple(roles), "Policy: decides how everything else is judged", path, "",
                before.id if before else "", change.blob.id if change.blob else "",
            ),
            change,
        )  # fmt: skip

    @cached_property
    def _gone(self) -> list[Gone]:
        return list(gone(self.replay.lineages, self.moment.policy.settings))

    def _disposals(self, lineage: Lineage) -> list[Matter]:
        """What a disposal names, or the one record itself."""
        named = [one for one in self._gone if lineage.id in (one.record, one.disposal)]
        if not named:
            raise UserError(
                f"no disposal names {lineage.id}", f"Make one: sms dispose {lineage.id} --reason TEXT"
            )
        if not any(one.lacks for one in named):
            raise UserError(f"{lineage.id}: the disposal is approved already", "Nothing more is to be done.")
        return [self._disposal(one) for one in named if one.lacks]

    def _disposal(self, entry: Gone) -> Matter:
        if entry.revision is None:
            raise UserError(
                f"{entry.disposal} names {entry.record} with a digest that it never had",
                f"Make the disposal anew: sms dispose {entry.record} --reason TEXT",
            )
        self._is_seen(entry.disposal, [entry.path])
        version = entry.revision.version
        mine = [role for role in entry.lacks if role in self.capacity.held]
        roles = mine or [self.capacity.one(entry.lacks, version.id)]
        subject = Subject("record", version.id, "", version.digest)
        title, summary = str(version.fields.get("title", "")), f"Disposed of with {entry.disposal}."
        matter = Matter("dispose", subject, tuple(roles), title, version.path, summary, version.blob)
        return self._weighed(matter, entry.revision)

    def _weighed(self, matter: Matter, written: Revision | PolicyChange) -> Matter:
        """The matter itself, where the court lets every one of its acts count."""
        step = self.moment.step
        for role in matter.roles:
            (said,) = self.statements([matter._replace(roles=(role,))], step.entered)
            verdict = self.court.weigh(Act(said, matter.subject, "", step.commit, step.entered, ""))
            if isinstance(verdict, Refusal):
                raise UserError(verdict.reason, verdict.hint or self._who_else(role, written))
        return matter

    def _who_else(self, role: str, written: Revision | PolicyChange) -> str:
        holders = self.moment.policy.settings.holders(role, self.moment.step.day)
        others = [p.name for p in holders if p.id not in written.authors and p.id != self.person.id]
        if others:
            return f"It can be done by {' or '.join(others)}."
        return f"Nobody else holds the role {role}: appoint somebody in sms/assignments.yml."


def _named(revision: Revision) -> str:
    return f"{revision.version.id} {revision.version.revision}"
