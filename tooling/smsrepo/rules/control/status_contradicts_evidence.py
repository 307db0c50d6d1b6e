"""status-contradicts-evidence."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import newest, path_of
from smsrepo.rules.control.unapproved import unapproved
from smsrepo.rules.rule import register_rule

_RULE = "status-contradicts-evidence"


@register_rule(_RULE, requirements=["4.3.2-a", "4.3.2-d"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document says it is issued, but it was rejected, or its approval was taken back."""
    for lineage, revision in unapproved(register, on, _RULE):
        yield _flaw(lineage, revision, "rejected", "reject")
    for lineage, revision in newest(register, on):
        if revision.approved and revision.ended and revision.ended.date() <= on:
            yield _flaw(lineage, revision, "took back the approval of", "revoke")


def _flaw(lineage: Lineage, revision: Revision, did: str, action: str) -> Flaw:
    version = revision.version
    names = {act.statement.name for act in revision.verdicts() if act.action in (action, "revoke")}
    return Flaw(
        path_of(lineage, revision),
        f"{version.id} {version.revision} is {version.status}, but {' and '.join(sorted(names))} {did} it",
        "Mend what they object to in a new revision, or go back to the revision before.",
    )
