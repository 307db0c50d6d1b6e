"""approval-missing."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.control.wording import lacking
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("approval-missing", requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document is issued without the approvals that the matrix asks for."""
    for standing in register.documents(on):
        latest = standing.latest
        if latest is None or not latest.version.released or latest.approved:
            continue
        version = latest.version
        yield Flaw(
            version.path,
            f"{version.id} {version.revision} is issued but not approved: "
            + lacking(register.missing(version.id), register.settings, on),
            f"Ask them to run: sms approve {version.id}",
        )
