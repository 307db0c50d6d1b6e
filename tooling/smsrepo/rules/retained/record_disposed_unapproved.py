"""record-disposed-unapproved."""

from collections.abc import Iterator

from smsrepo.control.lineage import Revision, Version
from smsrepo.control.replay import Moment
from smsrepo.control.retention import Tombstone, disposal_lacks
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import left, new_tombstones
from smsrepo.rules.rule import step_rule


@step_rule("record-disposed-unapproved", requirements=["4.3.3-s2.7"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A record was removed without a disposal record, or without the approvals that the retention schedule asks for."""
    stones = {stone.record: stone for stone in new_tombstones(moment)}
    for record, revision, _ in left(moment):
        reasons = (_tombstone(record, stones.get(record.id)), _approval(record, revision, moment))
        if reason := "; ".join(filter(None, reasons)):
            yield Flaw(
                record.path,
                f"{record.id} was removed, but {reason}",
                f"Put it back, as it was. Dispose of it with: sms dispose {record.id}",
            )


def _tombstone(record: Version, stone: Tombstone | None) -> str:
    if stone is None:
        return "no disposal record of the same change names it"
    if stone.type != record.type.name:
        return f"{stone.disposal} names it as {stone.type or 'nothing'}, not as {record.type.name}"
    if stone.digest != record.digest:
        return f"{stone.disposal} names another digest than {record.digest}"
    return ""


def _approval(record: Version, revision: Revision, moment: Moment) -> str:
    kept = moment.policy.settings.retention(record.type.name)
    if kept is None:
        return "nobody may approve that: no class of the retention schedule has its type"
    lacking = disposal_lacks(revision, kept)
    return f"nobody has approved that as {' and as '.join(lacking)}" if lacking else ""
