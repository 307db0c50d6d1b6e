"""Why a revision that is issued is not approved, sorted so that one mistake gives one finding."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.approval import is_minor, missing
from smsrepo.control.lineage import APPROVING, Lineage, Revision
from smsrepo.control.register import Register
from smsrepo.control.subjects import approval_row
from smsrepo.rules.control.newest import newest


def unapproved(register: Register, on: date, rule: str) -> Iterator[tuple[Lineage, Revision]]:
    """The newest revisions that are issued and not approved, for the reason that a rule (by its id) is about."""
    for lineage, latest in newest(register, on):
        if latest.version.released and not latest.approved and _reason(register, lineage, latest) == rule:
            yield lineage, latest


def share_changed(register: Register, lineage: Lineage, revision: Revision) -> int | None:
    """How many percent of the words differ from the approved revision before; None where an attachment differs."""
    before, history = lineage.approved_before(revision), register.replay.history
    if before is None or before.version.attached != revision.version.attached:
        return None
    return history.changed(before.version.blob, revision.version.blob)


def _reason(register: Register, lineage: Lineage, revision: Revision) -> str:
    verdicts = list(revision.verdicts())
    if any(act.action not in APPROVING for act in verdicts):
        return "status-contradicts-evidence"
    policy, before = register.replay.policy, lineage.approved_before(revision)
    row, old = approval_row(policy, revision), approval_row(policy, before) if before else None
    if row is None or before is None or old is None:
        return "approval-missing"
    if old.needed != row.needed:
        return "approval-missing" if missing(row.needed, verdicts) else "approval-weakened"
    if (
        row.minor
        and row.minor == old.minor
        and is_minor(before, revision)
        and not missing(row.minor.needed, verdicts)
    ):
        return "change-too-large-for-minor"
    return "approval-missing"
