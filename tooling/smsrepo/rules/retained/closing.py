"""What the rules ask of a closed record, and of one that left."""

from collections.abc import Iterator

from smsrepo.control.lineage import Revision, Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.control.retention import Tombstone, tombstones


def closed_before(moment: Moment) -> Iterator[tuple[Version, Version]]:
    """Records that were closed before a step and are still there, with what became of them.

    Closed is what the schema in force before the step calls closed.
    """
    for transition in moment.transitions:
        before, after = transition.before, transition.after
        if before and after and before.type.is_record and after.type.is_record:
            type_ = moment.policy.types.get(before.type.name, before.type)
            if before.status in type_.closed:
                yield before, after


def reopened(before: Version, after: Version) -> bool:
    """Whether a closed record became an open one of the same type."""
    return after.type.name == before.type.name and before.status != after.status and not after.closed


def left(moment: Moment) -> Iterator[tuple[Version, Revision, Transition]]:
    """Records that left in a step, as they stood before it: their file is gone, or is no record any more."""
    for transition in moment.transitions:
        before, after = transition.before, transition.after
        if before and before.type.is_record and not (after and after.type.is_record):
            revision = transition.lineage.find(before.digest)
            if revision:
                yield before, revision, transition


def new_tombstones(moment: Moment) -> Iterator[Tombstone]:
    """What the disposal records say that a step brought."""
    for transition in moment.transitions:
        if transition.after and transition.before is None:
            yield from tombstones(transition.after)
