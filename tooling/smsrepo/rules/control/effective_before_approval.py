"""effective-before-approval."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Revision
from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import newest, path_of
from smsrepo.rules.rule import register_rule


@register_rule("effective-before-approval", requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document says that it applies from a day on which it was not yet approved."""
    for lineage, latest in newest(register, on):
        for revision in dict.fromkeys([lineage.in_force(on) or latest, latest]):
            if _too_early(revision):
                version, approved = revision.version, revision.approved
                yield Flaw(
                    path_of(lineage, revision),
                    f"{version.id} {version.revision} says it applies from {version.effective_from}, but its last "
                    f"approval is of {approved:%Y-%m-%d}",
                    "Leave effective_from out, then a revision applies as soon as it is approved; or name a day that "
                    "leaves time for the approvals.",
                )


def _too_early(revision: Revision) -> bool:
    day, approved = revision.version.effective_from, revision.approved
    return day is not None and approved is not None and not revision.adopted and day < approved.date()
