"""The desk of a person: what awaits a decision of theirs, and the statements that would take it.

Everything is weighed by the court that will judge the statements later, so the two cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from smsrepo.control.acts import Court
from smsrepo.control.approval import missing
from smsrepo.control.disposals import Tombstone, tombstones
from smsrepo.control.lineage import APPROVING, Act, Lineage, Revision
from smsrepo.control.matrix import Needed
from smsrepo.control.people import Person
from smsrepo.control.policy import PolicyChange, is_policy
from smsrepo.control.refusal import Refusal, RefusedError
from smsrepo.control.replay import Moment, Replay
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.control.subjects import approval_row, previous_digest
from smsrepo.control.wording import lacking
from smsrepo.errors import UserError
from smsrepo.model.closest import did_you_mean
from smsrepo.model.history import Blob

_LOOK = "sms status {} says where it stands."


class Matter(NamedTuple):
    """Something a person may sign, weighed already: as each of `roles`, one statement for each.

    `before` and `after` are the ids of the contents that it replaces and brings; "" where there is none.
    """

    action: str
    subject: Subject
    roles: tuple[str, ...]
    title: str
    path: str
    summary: str
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        """Such as "POL-001 1.1", or the path of a policy file."""
        return f"{self.subject.name} {self.subject.revision}".strip()


class Seen(NamedTuple):
    """What the person has before them: the files of the commit that is checked out, and what differs from it."""

    files: Mapping[str, Blob]
    uncommitted: frozenset[str]


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
    def held(self) -> tuple[str, ...]:
        """The roles in which the person acts today; raises UserError where `role` is none of them."""
        day, settings = self.moment.step.day, self.moment.policy.settings
        roles = settings.roles_of(self.person.id, day, day)
        if self.role and self.role not in roles:
            known = ", ".join(sorted(roles)) or "none"
            raise UserError(
                f"{self.person.name} does not hold the role {self.role} on {day}",
                f"Roles held: {known}. sms/assignments.yml says who holds which.",
            )
        return tuple(role for role in settings.roles if role in roles and self.role in ("", role))

    def waiting(self) -> list[Matter]:
        """Everything that an approval by this person would bring on, withdrawals and disposals too."""
        found: list[Matter] = []
        for name in self._undecided():
            try:
                found += self.approve(name)
            except UserError:
                continue
        return found

    def approve(self, name: str) -> list[Matter]:
        """The approval of a document, a policy file (by path), or the records that a disposal names."""
        if name in self.replay.policies.waiting or self._is_policy(name):
            return [self._policy("approve", name)]
        lineage = self._lineage(name)
        if lineage.revisions[-1].version.type.is_record:
            return self._disposals(lineage)
        revision = self._open(lineage)
        action = "withdraw" if revision.version.status == "obsolete" else "approve"
        return [self._document(action, lineage, revision, self._needed_roles(lineage, revision))]

    def reject(self, name: str) -> Matter:
        """The rejection of a document or policy file that is up for approval."""
        if name in self.replay.policies.waiting or self._is_policy(name):
            return self._policy("reject", name)
        lineage = self._document_lineage(name)
        revision = self._open(lineage)
        return self._document("reject", lineage, revision, [self._one(self._approvers(revision), revision)])

    def revoke(self, name: str) -> Matter:
        """Taking back the approval of the revision in force, or of another ("POL-001@1.1")."""
        id_, _, number = name.partition("@")
        lineage = self._document_lineage(id_)
        revision = self._numbered(lineage, number) if number else self._in_force(lineage)
        if revision.approved is None or revision.ended:
            state = "was taken back already" if revision.ended else "was never given"
            raise UserError(f"the approval of {_named(revision)} {state}", _LOOK.format(id_))
        return self._document("revoke", lineage, revision, [self._one(self._approvers(revision), revision)])

    def review(self, name: str) -> Matter:
        """The periodic review of the revision in force."""
        lineage = self._document_lineage(name)
        revision = self._in_force(lineage)
        row = approval_row(self.moment.policy, revision)
        fitting = (str(revision.version.fields.get("owner", "")), *(row.needed.approvers if row else ()))
        return self._document("periodic-review", lineage, revision, [self._one(fitting, revision)])

    def acknowledge(self, name: str) -> Matter:
        """That the person has read the revision in force."""
        lineage = self._document_lineage(name)
        revision = self._in_force(lineage)
        mine = (act for act in revision.acts if (act.action, act.person) == ("acknowledge", self.person.id))
        if done := next(mine, None):
            raise UserError(f"{self.person.name} acknowledged {_named(revision)} on {done.entered:%Y-%m-%d}")
        return self._document("acknowledge", lineage, revision, [""])

    def statements(self, matters: Iterable[Matter], now: datetime, reason: str = "") -> list[Statement]:
        """One statement for each action and role, over all that is decided so."""
        groups: dict[tuple[str, str], list[Subject]] = {}
        for matter in matters:
            for role in matter.roles:
                groups.setdefault((matter.action, role), []).append(matter.subject)
        return [self._statement(action, role, subjects, now, reason) for (action, role), subjects in groups.items()]

    def check_key(self, line: str, said: Statement) -> None:
        """Raises UserError unless the key is one with which the person may sign this today."""
        try:
            self.court.signer(said, line)
        except RefusedError as error:
            raise UserError(f"this key cannot sign for {self.person.name}: {error.reason}", error.hint) from error

    def _undecided(self) -> Iterator[str]:
        yield from self.replay.policies.waiting
        for id_, lineage in sorted(self.replay.lineages.items()):
            newest = lineage.current and lineage.find(lineage.current.digest)
            if newest and newest.version.released and newest.approved is None:
                yield id_
        yield from dict.fromkeys(stone.record for stone in self._tombstones if not stone.approved)

    def _is_policy(self, name: str) -> bool:
        return "/" in name and is_policy(name, self.moment.policy.settings.exempt_paths)

    def _lineage(self, name: str) -> Lineage:
        lineage = self.replay.lineages.get(name)
        if lineage is not None:
            return lineage
        if self.seen and any(path.rpartition("/")[2].startswith(name) for path in self.seen.uncommitted):
            raise UserError(f"{name} is not committed", "Commit it first: what is signed is what is committed.")
        hint = did_you_mean(name, self.replay.lineages, "sms register --all lists the documents.")
        raise UserError(f"there is no {name} under control", hint)

    def _document_lineage(self, name: str) -> Lineage:
        lineage = self._lineage(name)
        if lineage.revisions[-1].version.type.is_record:
            raise UserError(f"{name} is a record; it is disposed of, not approved", f"sms dispose {name}")
        return lineage

    def _open(self, lineage: Lineage) -> Revision:
        """The newest revision, where it is up for approval and is what the person sees."""
        revision = lineage.current and lineage.find(lineage.current.digest)
        if lineage.current is None or revision is None:
            raise UserError(f"{lineage.id} is no longer there", "Bring its file back; documents are withdrawn, not deleted.")
        self._is_seen(_named(revision), self.replay.versions.files(lineage.current.path))
        if not revision.version.released:
            raise UserError(f"{_named(revision)} is a draft", "Its owner issues it first: `status: issued`.")
        if revision.approved:
            how = "was taken over as approved when control began" if revision.adopted else "is approved already"
            raise UserError(
                f"{_named(revision)} {how} (since {revision.approved:%Y-%m-%d})",
                f"To take an approval back: sms revoke {lineage.id} --reason TEXT",
            )
        return revision

    def _is_seen(self, name: str, paths: Iterable[str]) -> None:
        for path in paths if self.seen else ():
            if self.seen and path in self.seen.uncommitted:
                raise UserError(
                    f"{name}: {path} has changes that are not committed",
                    "Commit or undo them first: what is signed is what is committed.",
                )
            if self.seen and self.seen.files.get(path) != self.replay.tree.get(path):
                raise UserError(
                    f"{name}: {path} would have other bytes on the main branch than it has here",
                    "Merge the main branch into this one first, so that you see what you sign.",
                )

    def _in_force(self, lineage: Lineage) -> Revision:
        revision = lineage.in_force(self.moment.step.day)
        if revision is None:
            raise UserError(f"no revision of {lineage.id} is in force", _LOOK.format(lineage.id))
        return revision

    def _numbered(self, lineage: Lineage, number: str) -> Revision:
        fitting = [revision for revision in lineage.revisions if revision.version.revision == number]
        if not fitting:
            raise UserError(f"{lineage.id} has no revision {number}", _LOOK.format(lineage.id))
        return max(fitting, key=lambda revision: revision.approved is not None)

    def _approvers(self, revision: Revision) -> tuple[str, ...]:
        """The roles that decide on a revision, by its full row and a reduced one."""
        row = approval_row(self.moment.policy, revision)
        return tuple(dict.fromkeys([*row.needed.approvers, *(row.minor.approvers if row.minor else ())])) if row else ()

    def _one(self, fitting: Iterable[str], revision: Revision) -> str:
        return self._one_role([role for role in dict.fromkeys(fitting) if role], _named(revision))

    def _one_role(self, fitting: list[str], name: str) -> str:
        mine = [role for role in fitting if role in self.held]
        if not mine:
            needed = " or ".join(fitting) or "nobody: sms/control.yml has no row for it"
            raise UserError(
                f"{name}: this is decided by {needed}; {self.person.name} acts as {', '.join(self.held) or 'no role'}",
                "sms/assignments.yml says who holds which role.",
            )
        if len(mine) > 1:
            raise UserError(f"{name}: several of your roles fit: {', '.join(mine)}", f"Choose one: --role {mine[0]}")
        return mine[0]

    def _needed_roles(self, lineage: Lineage, revision: Revision) -> list[str]:
        """The roles in which an approval of this person would bring a revision on."""
        row = approval_row(self.moment.policy, revision)
        sufficient = [self.replay.needed(lineage, revision), *([row.needed] if row else [])]
        verdicts = list(revision.verdicts())
        for needed in dict.fromkeys(sufficient):
            if roles := self._helpful(needed, verdicts, _named(revision)):
                return roles
        return self._nothing_to_give(_named(revision), sufficient[0], verdicts)

    def _helpful(self, needed: Needed, verdicts: list[Act], name: str) -> list[str]:
        lacks, me = missing(needed, verdicts), self.person.id
        mine = [role for role in needed.approvers if role in self.held]
        if roles := [role for role in lacks.roles if role in mine]:
            return roles
        has_approved = any(act.person == me and act.action in APPROVING for act in verdicts)
        if mine and (me in lacks.rejected_by or (lacks.persons and not has_approved)):
            return [self._one_role(mine, name)]
        return []

    def _nothing_to_give(self, name: str, needed: Needed, verdicts: list[Act]) -> list[str]:
        settings, day = self.moment.policy.settings, self.moment.step.day
        lacks = lacking(missing(needed, verdicts), settings, day)
        given = any(act.person == self.person.id and act.action in APPROVING for act in verdicts)
        what = "has approved it already" if given else f"acts as {', '.join(self.held) or 'no role'}"
        raise UserError(f"{name}: {self.person.name} {what}; {lacks}", "Ask whoever is named.")

    def _document(self, action: str, lineage: Lineage, revision: Revision, roles: list[str]) -> Matter:
        version = revision.version
        before = previous_digest(lineage, revision)
        subject = Subject("document", version.id, version.revision, version.digest, before)
        replaced = lineage.find(before) if before else None
        fields = version.fields
        return self._weighed(
            Matter(
                action, subject, tuple(roles), str(fields.get("title", "")), version.path,
                str(fields.get("summary_of_change", "")), replaced.version.blob if replaced else "", version.blob,
            ),
            revision,
        )  # fmt: skip

    def _policy(self, action: str, path: str) -> Matter:
        change = self.replay.policies.waiting.get(path)
        self._is_seen(path, [path])
        if change is None:
            raise UserError(f"no change of {path} waits for approval", "Commit it on a branch first.")
        needed = self.moment.policy.settings.policy_row
        approvers = list(needed.approvers if needed else ())
        verdicts = list({act.person: act for act in change.acts}.values())
        roles = self._helpful(needed, verdicts, path) if needed and action == "approve" else []
        if not roles and action == "approve" and needed and any(role in self.held for role in approvers):
            self._nothing_to_give(path, needed, verdicts)
        roles = roles or [self._one_role(approvers, path)]
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
    def _tombstones(self) -> list[Tombstone]:
        return list(tombstones(self.replay.lineages))

    def _disposals(self, lineage: Lineage) -> list[Matter]:
        """What a disposal names, or the one record itself."""
        stones = [s for s in self._tombstones if lineage.id in (s.record, s.disposal)]
        if not stones:
            raise UserError(f"no disposal names {lineage.id}", f"Make one first: sms dispose {lineage.id} --reason TEXT")
        return [self._disposal(stone) for stone in stones if not stone.approved] or self._all_decided(lineage)

    def _all_decided(self, lineage: Lineage) -> list[Matter]:
        raise UserError(f"{lineage.id}: the disposal is approved already")

    def _disposal(self, stone: Tombstone) -> Matter:
        found = self.replay.lineages.get(stone.record)
        revision = found.find(stone.digest) if found else None
        if revision is None:
            raise UserError(
                f"{stone.disposal} names {stone.record} with a digest that it never had",
                f"Make the disposal anew: sms dispose {stone.record} --reason TEXT",
            )
        self._is_seen(stone.disposal, [stone.path])
        version = revision.version
        kept = self.moment.policy.settings.retention(version.type.name)
        role = self._one_role(list(kept.disposal_approvers if kept else ()), version.id)
        subject = Subject("record", version.id, "", version.digest)
        title, summary = str(version.fields.get("title", "")), f"Disposed of with {stone.disposal}."
        return self._weighed(Matter("dispose", subject, (role,), title, version.path, summary, version.blob), revision)

    def _weighed(self, matter: Matter, written: Revision | PolicyChange) -> Matter:
        """The matter itself, where the court lets every one of its acts count."""
        step = self.moment.step
        for role in matter.roles:
            said = self._statement(matter.action, role, [matter.subject], step.entered, "")
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

    def _statement(self, action: str, role: str, subjects: list[Subject], now: datetime, reason: str) -> Statement:
        repository, person = self.moment.policy.settings.repository, self.person
        return Statement(
            repository, action, person.id, person.name, role, MEANINGS[action], now.replace(microsecond=0), "signed",
            tuple(subjects), reason,
        )  # fmt: skip


def _named(revision: Revision) -> str:
    return f"{revision.version.id} {revision.version.revision}"
