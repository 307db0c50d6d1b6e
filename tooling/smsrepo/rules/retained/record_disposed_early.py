"""record-disposed-early."""

from collections.abc import Iterator

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment
from smsrepo.control.retention import beginning_of, kept_until
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import left, new_tombstones
from smsrepo.rules.rule import step_rule


@step_rule("record-disposed-early", requirements=["4.3.3-s2.6"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A record was removed before the end of its retention."""
    named = {stone.record for stone in new_tombstones(moment)}
    for record, _, transition in left(moment):
        if record.id not in named:
            continue  # not disposed of, but lost; another rule tells of it
        until = kept_until(transition.lineage, moment.policy.settings, beginning_of(moment.replay))
        if until is None or moment.step.day <= until:
            yield Flaw(
                record.path,
                f"{record.id} was removed on {moment.step.day}, but {_reason(record, until, moment)}",
                f"Put it back, as it was. {_hint(until)}",
            )


def _reason(record: Version, until: object, moment: Moment) -> str:
    kept = moment.policy.settings.retention(record.type.name)
    if kept is None:
        return f"no class of the retention schedule says how long records of type {record.type.name} are kept"
    if until is None:
        return f"it was not closed (`{record.status}`): class {kept.class_} counts {kept.period.words} from its closing"
    return (
        f"it is kept until {until} (class {kept.class_}: {kept.period.words} from when it was {kept.trigger})"
    )


def _hint(until: object) -> str:
    return (
        f"It may be disposed of after {until}."
        if until
        else "Records are disposed of when their time is over."
    )
