"""approval-weakened."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Version
from smsrepo.control.register import Register
from smsrepo.control.wording import lacking
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.control.unapproved import unapproved
from smsrepo.rules.rule import register_rule

_RULE = "approval-weakened"


@register_rule(_RULE, requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document moves to a type or classification for which other approvals do, without those it needed before."""
    for lineage, revision in unapproved(register, on, _RULE):
        before, version = lineage.approved_before(revision), revision.version
        if before:
            yield Flaw(
                path_of(lineage, revision),
                f"{version.id} {version.revision} moves from {_kind(before.version)} to {_kind(version)}: "
                + lacking(register.missing(version.id), register.settings, on),
                f"The step itself needs what both ask for. Ask them to run: sms approve {version.id}",
            )


def _kind(version: Version) -> str:
    return f"{version.fields.get('classification', 'unclassified')} {version.type.title.lower()}"
