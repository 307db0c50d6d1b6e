"""obsolete-revived."""

from collections.abc import Iterator

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty
from smsrepo.rules.rule import step_rule

_RULE = "obsolete-revived"


@step_rule(_RULE, requirements=["4.3.2-h"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A withdrawn document, or a superseded revision, comes back without a new revision."""
    for transition, after in faulty(moment, _RULE):
        yield Flaw(
            after.path,
            f"{after.id} {after.revision} comes back as {after.status}, {_after(transition, after)}",
            "To work by it again, issue it as a new revision and have that approved.",
        )


def _after(transition: Transition, after: Version) -> str:
    before = transition.before
    if before is None or before.revision == after.revision:
        return "though it was withdrawn"
    return f"after {before.revision} has taken its place"
