"""revision-out-of-order."""

from collections.abc import Iterator

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty, highest_before, number
from smsrepo.rules.rule import step_rule

_RULE = "revision-out-of-order"


@step_rule(_RULE, requirements=["4.3.2-d"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A revision is missing, malformed, lower than the one before or more than one step above it."""
    for transition, after in faulty(moment, _RULE):
        if number(after) is None:
            written = f"`{after.revision}` is no revision" if after.revision else "the revision is missing"
            yield Flaw(after.path, f"{after.id}: {written}", 'Write major.minor in quotes, such as "1.0".')
        else:
            yield _disorder(transition, after)


def _disorder(transition: Transition, after: Version) -> Flaw:
    highest = highest_before(transition)
    if highest is None:
        message = f"{after.id} comes as {after.revision}, but was never issued before"
        return Flaw(after.path, message, "The first issue is 1.0; drafts before it are 0.1, 0.2 and so on.")
    last = f"{highest.major}.{highest.minor}"
    following = " or ".join(f"{n.major}.{n.minor}" for n in sorted(highest.next()))
    now = number(after)
    how = "goes back" if now and now < highest else "jumps"
    return Flaw(
        after.path, f"{after.id} {how} from {last} to {after.revision}", f"After {last} comes {following}."
    )
