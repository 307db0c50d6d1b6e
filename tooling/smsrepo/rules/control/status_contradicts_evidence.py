"""status-contradicts-evidence."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import APPROVING, Lineage, Revision
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
        names = {act.statement.name for act in revision.verdicts() if act.action not in APPROVING}
        yield _flaw(lineage, revision, names, "rejected")
    for lineage, revision in newest(register, on):
        if revision.approved and revision.ended and revision.ended.date() <= on:
            names = {act.statement.name for act in revision.acts if act.action == "revoke"}
            yield _flaw(lineage, revision, names, "took back the approval of")


def _flaw(lineage: Lineage, revision: Revision, names: set[str], did: str) -> Flaw:
    version = revision.version
    return Flaw(
        path_of(lineage, revision),
        f"{version.id} {version.revision} is {version.status}, but {' and '.join(sorted(names))} {did} it",
        "Mend what they object to in a new revision, or go back to the revision before.",
    )
