"""closed-record-reopened."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import closed_before, reopened
from smsrepo.rules.rule import step_rule


@step_rule("closed-record-reopened", requirements=["4.3.3-s2.4"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A closed record is open again."""
    for before, after in closed_before(moment):
        if reopened(before, after):
            yield Flaw(
                after.path,
                f"{after.id} was closed (`{before.status}`) and is `{after.status}` again",
                f"Set its status back to {before.status}. Make a new record for what happened since, and link it.",
            )
