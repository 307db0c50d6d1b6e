"""What the rules ask of a closed record, and of one that left."""

from collections.abc import Iterator

from smsrepo.control.lineage import Revision, Version
from smsrepo.control.replay import Moment, Transition


def closed_before(moment: Moment) -> Iterator[tuple[Version, Version]]:
    """Records that were closed before a step and are still there, with what became of them.

    Closed is what the schema in force before the step calls closed.
    """
    for transition in moment.transitions:
        before, after = transition.before, transition.after
        if before and after and before.type.is_record:
            type_ = moment.policy.types.get(before.type.name, before.type)
            if before.status in type_.closed:
                yield before, after


def left(moment: Moment) -> Iterator[tuple[Version, Revision, Transition]]:
    """Records whose file left in a step: as they stood before it."""
    for transition in moment.transitions:
        before = transition.before
        if before and before.type.is_record and transition.after is None:
            revision = transition.lineage.find(before.digest)
            if revision:
                yield before, revision, transition
