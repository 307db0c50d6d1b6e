"""statement-refused."""

from collections.abc import Iterator

from smsrepo.control.refusal import RULE
from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule


@step_rule(RULE, requirements=["4.3.2-a"])
def check(moment: Moment) -> Iterator[Flaw]:
    """An approval statement does not count."""
    for refusal in moment.refusals:
        if refusal.rule == RULE:
            yield Flaw(refusal.path, refusal.reason, refusal.hint)
