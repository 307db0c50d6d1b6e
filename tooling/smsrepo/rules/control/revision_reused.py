"""revision-reused."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty, highest_before
from smsrepo.rules.rule import step_rule

_RULE = "revision-reused"


@step_rule(_RULE, requirements=["4.3.2-d", "4.3.2-f"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A revision is issued that was issued before with other content."""
    for transition, after in faulty(moment, _RULE):
        highest = highest_before(transition)
        following = " or ".join(f"{n.major}.{n.minor}" for n in sorted(highest.next())) if highest else "1.0"
        yield Flaw(
            after.path,
            f"{after.id} {after.revision} was issued before with other content",
            f"Issue it as {following}.",
        )
