"""Whether a person may do this to this document, policy file or record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from smsrepo.control.authorship import People
from smsrepo.control.lineage import APPROVING, DECIDING, Act, Lineage, Revision, Version, standing
from smsrepo.control.matrix import ApprovalRow
from smsrepo.control.policy import Policy, PolicyChange
from smsrepo.control.refusal import RefusedError
from smsrepo.model.history import Step


class Bench(Protocol):
    """What an act is weighed against: the policy before a step, and what the history holds."""

    @property
    def policy(self) -> Policy: ...
    @property
    def step(self) -> Step: ...
    @property
    def lineages(self) -> Mapping[str, Lineage]: ...
    @property
    def waiting(self) -> Mapping[str, PolicyChange]: ...


def weigh(act: Act, bench: Bench) -> Act:
    """The act, with its note where there is one; raises RefusedError."""
    kinds: dict[str, Callable[[Act, Bench], Act]] = {
        "document": _document,
        "policy": _policy,
        "record": _record,
    }
    return kinds[act.subject.kind](act, bench)


def approval_row(policy: Policy, revision: Revision) -> ApprovalRow | None:
    """The row of the approval matrix for a revision's type and classification."""
    version = revision.version
    return policy.settings.approval_row(version.type.name, str(version.fields.get("classification", "")))


def previous_digest(lineage: Lineage, revision: Revision) -> str:
    """The digest of the approved revision that a revision follows; "" for the first."""
    before = lineage.approved_before(revision)
    return before.version.digest if before else ""


def _document(act: Act, bench: Bench) -> Act:
    lineage = bench.lineages.get(act.subject.name)
    revision = lineage.find(act.subject.digest) if lineage else None
    if lineage is None or revision is None:
        raise RefusedError("no revision with these bytes is in the history")
    if revision.version.type.is_record:
        raise RefusedError("a record is not approved; it is disposed of")
    if revision.version.revision != act.subject.revision:
        raise RefusedError(
            f"these bytes are revision {revision.version.revision}, not {act.subject.revision}"
        )
    if act.action == "dispose":
        raise RefusedError("documents are withdrawn, not disposed of")
    row = approval_row(bench.policy, revision)
    before = lineage.approved_before(revision)
    if act.action in DECIDING:
        _role_decides(act, row, approval_row(bench.policy, before) if before else None)
        _last_word(act, revision.acts)
    if act.action == "reject" and revision.approved:
        hint = f"To take the approval back: sms revoke {revision.version.id} --reason TEXT"
        raise RefusedError("this revision is approved already, so it can no longer be rejected", hint)
    if act.action in APPROVING:
        _may_approve(act, lineage, revision, row)
        return _separated(act, revision, bench)
    if act.action == "periodic-review":
        _may_review(act, lineage, revision, row, bench.step)
    if act.action == "acknowledge" and not revision.version.released:
        raise RefusedError("this revision is a draft; people acknowledge what is issued")
    return act


def _last_word(act: Act, acts: Iterable[Act]) -> None:
    """What somebody signed before their last word must not come back after it."""
    said = act.statement
    for last in standing(acts):
        contrary = (act.action in APPROVING) != (last.action in APPROVING)
        weaker = said.assurance == "platform" and last.statement.assurance == "signed"
        if (
            last.person == act.person
            and contrary
            and not weaker
            and said.signed_at < last.statement.signed_at
        ):
            raise RefusedError(
                f"it is of {said.signed_at:%Y-%m-%d %H:%M} UTC, and {said.name} decided otherwise since "
                f"({last.action}, {last.statement.signed_at:%Y-%m-%d %H:%M} UTC)",
                "Whoever changes their mind signs anew.",
            )


def _role_decides(act: Act, *rows: ApprovalRow | None) -> None:
    needed: set[str] = set()
    for row in filter(None, rows):
        needed.update(row.needed.approvers, row.minor.approvers if row.minor else ())
    if act.statement.role not in needed:
        raise RefusedError(f"the approval matrix asks for no approval by the role {act.statement.role}")


def _may_approve(act: Act, lineage: Lineage, revision: Revision, row: ApprovalRow | None) -> None:
    if not revision.version.released:
        raise RefusedError("this revision is a draft; its owner issues it first")
    if revision.ended:
        hint = "Raise the revision, and have that one approved."
        raise RefusedError("the approval of this revision was taken back", hint)
    if "effective_from" in revision.version.fields and revision.version.effective_from is None:
        raise RefusedError("its effective_from is no date", 'Write it in quotes, such as "2026-01-31".')
    status = revision.version.status
    expected = "withdraw" if status == "obsolete" else "approve"
    if act.action != expected:
        raise RefusedError(f"a revision that is {status} takes `{expected}`, not `{act.action}`")
    if act.subject.previous != previous_digest(lineage, revision):
        raise RefusedError("it was approved as the successor of another revision than the one it follows")
    accepted = {row.needed.assurance, *([row.minor.assurance] if row.minor else [])} if row else set()
    if act.statement.assurance == "platform" and "platform" not in accepted:
        raise RefusedError("this type needs a signature of the person; a review on the forge is not enough")


def _separated(act: Act, written: Revision | PolicyChange, bench: Bench) -> Act:
    """Nobody approves what they wrote (clause 4.3.2), also under an address that was learnt later."""
    notes = []
    wrote = People(written.authors - written.unseparated, written.unseparated).known(bench.policy.person)
    if act.person in wrote.all:
        brought = {earlier.person for earlier in written.acts if earlier.commit == written.commit}
        # A review on the forge was judged by the gate, which saw each commit, before the collector wrote it down.
        explained = (
            act.statement.assurance == "platform"
            or written.commit == bench.step.commit
            or act.person in brought
        )
        if act.person not in wrote.doubtful or not explained:
            raise RefusedError(f"{act.statement.name} wrote part of it and cannot approve it")
        notes.append(
            f"{act.person} is named as co-author of the squashed commit that also brought the approval; "
            "the gate on the pull request saw who wrote what, git no longer can"
        )
    if strangers := _strangers(wrote.all):
        notes.append(f"part of it was written by {strangers}")
    return replace(act, note="; ".join(notes)) if notes else act


def _strangers(authors: frozenset[str]) -> str:
    """Authors that nobody in sms/people.yml is, apart from the forge that committed what somebody known wrote."""
    named = [author for author in authors if " " not in author]  # a key that nobody registered tells nothing
    unknown = sorted(author for author in named if not author or "@" in author)
    if len(unknown) < len(named):
        unknown = [mail for mail in unknown if not mail.startswith("noreply@")]
    mails = [mail for mail in unknown if mail]
    belong = "an address that belongs" if len(mails) == 1 else "addresses that belong"
    known = [f"{', '.join(mails)}, {belong} to nobody in sms/people.yml"] if mails else []
    return " and ".join([*known, *(["somebody without a mail address"] if "" in unknown else [])])


def _may_review(act: Act, lineage: Lineage, revision: Revision, row: ApprovalRow | None, step: Step) -> None:
    if lineage.in_force(step.day) is not revision:
        hint = "Review the revision in force."
        raise RefusedError("the review is about bytes that are not in force", hint, "review-of-old-bytes")
    allowed = {str(revision.version.fields.get("owner", "")), *(row.needed.approvers if row else ())}
    if act.statement.role not in allowed:
        raise RefusedError(f"a review is recorded by the owner or an approver, not as {act.statement.role}")


def _policy(act: Act, bench: Bench) -> Act:
    change = bench.waiting.get(act.subject.name)
    if change is None:
        raise RefusedError("no change of this file waits for approval")
    if (act.subject.previous, act.subject.digest) != (change.before, change.after):
        raise RefusedError("it is about another change of this file than the one that was made")
    if act.action not in {"approve", "reject"}:
        raise RefusedError(f"a change of the policy is approved or rejected, not `{act.action}`")
    needed = bench.policy.settings.policy_row
    if needed is None or act.statement.role not in needed.approvers:
        raise RefusedError(f"a change of the policy needs no approval by the role {act.statement.role}")
    if act.action == "approve" and needed.assurance == "signed" and act.statement.assurance != "signed":
        raise RefusedError("a change of the policy needs a signature; a review on the forge is not enough")
    _last_word(act, change.acts)
    return _separated(act, change, bench) if act.action == "approve" else act


def _record(act: Act, bench: Bench) -> Act:
    lineage = bench.lineages.get(act.subject.name)
    revision = lineage.find(act.subject.digest) if lineage else None
    if revision is None or not revision.version.type.is_record:
        raise RefusedError("no record with these bytes is in the history")
    if act.action != "dispose":
        raise RefusedError(f"a record is disposed of; it is not a matter for `{act.action}`")
    kept = bench.policy.settings.retention(revision.version.type.name)
    if kept is None or act.statement.role not in kept.disposal_approvers:
        raise RefusedError(f"the role {act.statement.role} does not decide on the disposal of such records")
    if act.person in _disposers(act.subject.name, bench):
        raise RefusedError(f"{act.statement.name} made the disposal record and cannot approve it")
    return act


def _disposers(record: str, bench: Bench) -> set[str]:
    """Who made the disposal records that name a record, as they say; after a squash git cannot tell."""
    found: set[str] = set()
    for lineage in bench.lineages.values():
        version = lineage.current
        if version and version.type.annotations.disposes and record in _disposed(version):
            found.add(str(version.fields.get("recorded_by", "")))
    return found


def _disposed(version: Version) -> set[str]:
    entries = version.fields.get("records")
    return (
        {str(one.get("record")) for one in entries if isinstance(one, dict)}
        if isinstance(entries, list)
        else set()
    )
