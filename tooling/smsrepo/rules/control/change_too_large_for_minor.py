"""change-too-large-for-minor."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.control.subjects import approval_row
from smsrepo.control.wording import lacking
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.control.unapproved import share_changed, unapproved
from smsrepo.rules.rule import register_rule

_RULE = "change-too-large-for-minor"


@register_rule(_RULE, requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A change was approved as a minor one, but it is larger than that allows."""
    for lineage, revision in unapproved(register, on, _RULE):
        version, row = revision.version, approval_row(register.replay.policy, revision)
        if row and row.minor:
            share = share_changed(register, lineage, revision)
            what = "changes an attachment" if share is None else f"changes {share} % of its words"
            yield Flaw(
                path_of(lineage, revision),
                f"{version.id} {version.revision} {what}; a minor revision may change {row.minor.changed_share} % "
                "of them",
                f"It needs the full approval: {lacking(register.missing(version.id), register.settings, on)}.",
            )
