"""history-in-future."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.acts import SKEW
from smsrepo.control.register import Register
from smsrepo.model.finding import HISTORY, Flaw
from smsrepo.rules.rule import register_rule


@register_rule("history-in-future", requirements=["4.3.3-s2.4"])
def check(register: Register, _on: date) -> Iterator[Flaw]:
    """A step claims to have been made after today."""
    last = register.replay.last
    if last.day - SKEW > register.today:
        yield Flaw(
            HISTORY,
            f"commit {last.commit[:12]} says it was made on {last.day}, which is still to come",
            "Everything after it would count from that day: periods would end, dates be reached. Set the clock right "
            "and make the commit anew before it is merged.",
        )
