"""issued-back-to-draft."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty, highest_before
from smsrepo.rules.rule import step_rule

_RULE = "issued-back-to-draft"


@step_rule(_RULE, requirements=["4.3.2-d", "4.3.2-e"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A revision that was issued, or a lower one, is a draft again."""
    for transition, after in faulty(moment, _RULE):
        highest = highest_before(transition)
        last = f"{highest.major}.{highest.minor}" if highest else after.revision
        how = "again, after it was issued" if last == after.revision else f"after {last} was issued"
        yield Flaw(
            after.path,
            f"{after.id} {after.revision} is a draft {how}",
            "Give the draft the next revision; the one in force stays in force until the draft is approved.",
        )
