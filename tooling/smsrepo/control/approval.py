"""Whether the approvals there are satisfy what the matrix asks for, and what is missing."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from smsrepo.control.lineage import APPROVING, Act, Lineage, Revision, Version
from smsrepo.control.matrix import Needed
from smsrepo.control.policy import Policy
from smsrepo.control.subjects import approval_row

NOBODY = Needed((), 1, "signed")
"""Stands for a row that is not there: nobody can approve, so nothing is approved."""


class Missing(NamedTuple):
    """What is still missing: roles of which no holder has approved, further different persons, who rejected."""

    roles: tuple[str, ...] = ()
    persons: int = 0
    rejected_by: tuple[str, ...] = ()
    nobody: bool = False

    def __bool__(self) -> bool:
        return bool(self.roles or self.persons or self.rejected_by or self.nobody)


def missing(needed: Needed, verdicts: Iterable[Act]) -> Missing:
    """What the last verdict of each person leaves to be done. One person counts once, in however many roles."""
    acts = list(verdicts)
    good = [
        act
        for act in acts
        if act.action in APPROVING
        and act.statement.role in needed.approvers
        and (act.statement.assurance == "signed" or needed.assurance == "platform")
    ]
    roles = tuple(role for role in needed.approvers if role not in {act.statement.role for act in good})
    persons = max(0, needed.persons - len({act.person for act in good}))
    rejected = tuple(act.person for act in acts if act.action not in APPROVING)
    return Missing(roles, persons, rejected, not needed.approvers)


def needed_for(
    policy: Policy, lineage: Lineage, revision: Revision, changed: Callable[[str, str], int]
) -> tuple[Needed, ...]:
    """What a revision needs, the least first; any one of them is enough.

    A minor step may have a reduced row. `changed` tells the share of words (percent) in which two blobs differ. A
    document that was under another row until now needs that one as well: nobody escapes by reclassifying.
    """
    row = approval_row(policy, revision)
    if row is None:
        return (NOBODY,)
    before = lineage.approved_before(revision)
    if before is None:
        return (row.needed,)
    old = approval_row(policy, before)
    if old is not None and old.needed != row.needed:
        return (stricter(old.needed, row.needed),)
    if (
        row.minor
        and old is not None
        and old.minor == row.minor
        and is_minor(before, revision)
        and _is_small(before.version, revision.version, row.minor.changed_share, changed)
    ):
        return (row.minor.needed, row.needed)
    return (row.needed,)


def _is_small(before: Version, after: Version, limit: int, changed: Callable[[str, str], int]) -> bool:
    """Attachments have no words: where one differs, nothing is small."""
    return before.attached == after.attached and changed(before.blob, after.blob) <= limit


def is_minor(before: Revision, after: Revision) -> bool:
    """Whether the major number stays, and neither of the two withdraws the document."""
    same = before.version.revision.partition(".")[0] == after.version.revision.partition(".")[0]
    return same and before.version.status == after.version.status == "issued"


def stricter(one: Needed, other: Needed) -> Needed:
    """Both together."""
    approvers = tuple(dict.fromkeys([*one.approvers, *other.approvers]))
    signed = "signed" in (one.assurance, other.assurance)
    return Needed(approvers, max(one.persons, other.persons), "signed" if signed else "platform")
