"""type-not-in-force."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("type-not-in-force", requirements=["4.3.2-s1"])
def check(register: Register, on: date) -> Iterator[Flaw]:  # noqa: ARG001 - the same on any day
    """A document or record has a type that the approved schemas do not know, so nothing controls it."""
    replay = register.replay
    for path, type_ in replay.versions.outside(replay.tree, replay.policy.types):
        yield Flaw(
            path,
            f"the type `{type_}` is not in force: its schema is missing, broken or not approved yet",
            "Have the change of schemas/ approved first, in a pull request of its own.",
        )
