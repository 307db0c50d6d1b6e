"""record-entered-late."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment
from smsrepo.control.retention import beginning_of, days_named
from smsrepo.load.contents import Contents
from smsrepo.model.day import day_in
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import WARNING, step_rule


class _New(NamedTuple):
    """A record that a step brought, and the day on which it says it was made."""

    record: Version
    made: date


@step_rule("record-entered-late", severity=WARNING, requirements=["4.3.3-s1.2"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A record entered the main branch long after everything it tells of."""
    limit = moment.policy.settings.interval("record_entry")
    late = list(_made_long_ago(moment, limit)) if limit else []
    if limit is None or not late:
        return
    contents, header = moment.replay.history.contents, beginning_of(moment.replay).header
    if isinstance(contents, Contents):
        contents.prefetch(new.record.blob for new in late)
    day = moment.step.day
    found: list[tuple[date, str, str]] = []
    for record, made in late:
        last = max((named for named in days_named(header(record)) if named <= day), default=made)
        if limit.after(last) < day:
            found.append((last, record.id, record.path))
    if found:
        yield _told(sorted(found), limit, day)


def _told(found: list[tuple[date, str, str]], limit: Duration, day: date) -> Flaw:
    """One finding for all that came together: whoever moves an archive in does it once."""
    last, id_, path = found[0]
    message = f"{id_} names no day after {last} and entered on {day}; {limit.words} are planned"
    if len(found) > 1:
        message += f"; the same holds for {len(found) - 1} more records of this step"
    return Flaw(
        path,
        message,
        "Date a record on the day on which it is made, and let its fields say when things happened. If it was "
        "kept elsewhere until now, name that place in it.",
    )


def _made_long_ago(moment: Moment, limit: Duration) -> Iterator[_New]:
    """What is new and bears an old day. Work that took long may have begun then, so this alone is no fault."""
    for transition in moment.transitions:
        record = transition.after
        if transition.before is not None or record is None or not record.type.is_record:
            continue
        made = day_in(record.fields.get("recorded_on"))
        once = transition.lineage.revisions[0] is transition.revision
        if once and made and limit.after(made) < moment.step.day:
            yield _New(record, made)
