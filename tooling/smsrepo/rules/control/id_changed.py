"""id-changed."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import renumbered
from smsrepo.rules.rule import step_rule


@step_rule("id-changed", requirements=["4.3.2-f"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A document that was issued goes on under another id."""
    for gone, come in renumbered(moment):
        yield Flaw(
            come.path,
            f"{gone.id} was issued, and now it is called {come.id}",
            f"Keep {gone.id}. If {come.id} is to replace it, withdraw {gone.id} and name {come.id} as its successor.",
        )
