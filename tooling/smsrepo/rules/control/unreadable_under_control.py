"""unreadable-under-control."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("unreadable-under-control", requirements=["4.3.2-f", "4.3.3-s3.1"])
def check(register: Register, _on: date) -> Iterator[Flaw]:
    """A file where documents or records lie cannot be read, so nothing can be said about it."""
    replay = register.replay
    for path in replay.versions.unreadable(replay.tree):
        yield Flaw(
            path,
            "its header cannot be read, or names no id, so nobody can tell what it is and who approved it",
            "Run sms check to see what is wrong with it; mend it or take it away.",
        )
