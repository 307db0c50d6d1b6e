"""review-of-old-bytes."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule

_RULE = "review-of-old-bytes"


@step_rule(_RULE, requirements=["4.3.2-c"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A periodic review is about a revision that is not in force."""
    for refusal in moment.refusals:
        if refusal.rule == _RULE:
            yield Flaw(refusal.path, refusal.reason, refusal.hint)
