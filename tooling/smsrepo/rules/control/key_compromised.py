"""key-compromised."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.rule import register_rule


@register_rule("key-compromised", requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document rests on an approval with a key that was declared compromised."""
    for standing in register.documents(on):
        if standing.suspect and standing.in_force:
            version = standing.in_force.version
            yield Flaw(
                path_of(register.lineages[version.id], standing.in_force),
                f"{version.id} {version.revision}: {standing.suspect}",
                "Look at the document again, and have it approved with a key that is not in doubt: "
                f"sms approve {version.id}",
            )
