"""approved-bytes-changed."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty
from smsrepo.rules.rule import step_rule


@step_rule("approved-bytes-changed", requirements=["4.3.2-d"])
def check(moment: Moment) -> Iterator[Flaw]:
    """An issued document was changed under the same revision."""
    for _, after in faulty(moment, "approved-bytes-changed"):
        yield Flaw(
            after.path,
            f"{after.id} {after.revision} is issued, and its content changed under the same revision",
            "Raise the revision and say in summary_of_change what changed.",
        )
