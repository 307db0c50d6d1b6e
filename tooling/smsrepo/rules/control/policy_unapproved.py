"""policy-unapproved."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.control.wording import lacking
from smsrepo.load.history import GENESIS
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("policy-unapproved", requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A change of settings, schemas, tooling or workflows waits for approval and does not count."""
    policies = register.replay.policies
    for path, change in sorted(policies.waiting.items()):
        if path != GENESIS:  # no approval can change that: genesis-altered
            day = f"its change of {change.entered:%Y-%m-%d}"
            if change.unfit:
                message = (
                    f"{day} is approved but cannot take effect: with it settings or schemas cannot be read"
                )
                yield Flaw(path, message, "Run sms check, mend the file, and have the new change approved.")
                continue
            yield Flaw(
                path,
                f"{day} does not count yet: {lacking(policies.missing(change), register.settings, on)}",
                f"Ask them to run: sms approve {path}",
            )
