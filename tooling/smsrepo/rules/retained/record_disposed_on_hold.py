"""record-disposed-on-hold."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.control.retention import held_by, is_open_hold
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import left
from smsrepo.rules.rule import step_rule


@step_rule("record-disposed-on-hold", requirements=["4.3.3-s2.7"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A record was removed while a legal hold said that it must stay."""
    gone = list(left(moment))
    if not gone:
        return
    before = {transition.id: transition.before for transition in moment.transitions}
    standing = (before.get(id_, lineage.current) for id_, lineage in moment.replay.lineages.items())
    holds = [version for version in standing if version and is_open_hold(version)]
    for record, _, _ in gone:
        if hold := held_by(record, holds):
            yield Flaw(
                record.path,
                f"{record.id} was removed while the legal hold {hold.id} was open",
                "Put it back, as it was. A hold is lifted first, in a change of its own.",
            )
