"""history-back-dated."""

from collections.abc import Iterator

from smsrepo.control.acts import SKEW
from smsrepo.control.replay import Moment
from smsrepo.load.history import GENESIS
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import WARNING, step_rule


@step_rule("history-back-dated", severity=WARNING, requirements=["4.3.2-d"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A commit claims to be older than the one it follows."""
    step = moment.step
    if step.claimed < step.entered - SKEW:
        path = step.changes[0].path if step.changes else GENESIS
        yield Flaw(
            path,
            f"commit {step.commit[:10]} says it is of {step.claimed:%Y-%m-%d}, but follows one of "
            f"{step.entered:%Y-%m-%d}; it counts from that day",
            "One of the two clocks is wrong. Find out which, and keep the answer with the record of the audit.",
        )
