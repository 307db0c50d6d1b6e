"""approval-missing."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Version
from smsrepo.control.register import Register
from smsrepo.control.wording import lacking
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.control.unapproved import unapproved
from smsrepo.rules.rule import register_rule

_RULE = "approval-missing"


@register_rule(_RULE, requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document is issued without the approvals that the matrix asks for."""
    for lineage, revision in unapproved(register, on, _RULE):
        version = revision.version
        yield Flaw(
            path_of(lineage, revision),
            f"{version.id} {version.revision} is {version.status} but not approved: "
            + lacking(register.missing(version.id), register.settings, on, revision),
            _what_to_do(version),
        )


def _what_to_do(version: Version) -> str:
    if version.status != "obsolete":
        return f"Ask them to run: sms approve {version.id}"
    required = f" An SMS must have a {version.type.title.lower()}, so another one must take its place."
    alone = version.type.required is not None and version.type.required.how == "one"
    return f"Ask them to run: sms withdraw {version.id}." + (required if alone else "")
