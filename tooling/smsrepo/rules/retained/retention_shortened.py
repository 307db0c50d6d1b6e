"""retention-shortened."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.control import matrix
from smsrepo.control.matrix import Retention
from smsrepo.control.replay import Moment
from smsrepo.control.settings import CONTROL
from smsrepo.load import text, yaml_dialect
from smsrepo.load.refusal import Refused
from smsrepo.model.finding import Flaw
from smsrepo.model.words import count
from smsrepo.rules.rule import step_rule


@step_rule("retention-shortened", requirements=["4.3.3-s2.6"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A change of the retention schedule shortens how long records that are already there are kept."""
    change = next((change for change in moment.policy_changes if change.path == CONTROL), None)
    if change is None or change.blob is None:
        return
    schedule = _schedule(moment.replay.history.contents[change.blob.id])
    if schedule is None:  # it does not fit its schema, and whoever reads it will say so
        return
    for type_, number in _records(moment).items():
        before, after = moment.policy.settings.retention(type_), schedule.get(type_)
        if before and (reason := _shorter(before, after, moment.step.day)):
            period = f"{before.period.words} from when they were {before.trigger}"
            yield Flaw(
                CONTROL,
                f"{count(number, 'record')} of type {type_} must be kept for {period}, but now {reason}",
                "Keep the period for the records that are there. A shorter one can hold for a new type of record.",
            )


def _shorter(before: Retention, after: Retention | None, day: date) -> str:
    """What is less than before; empty where nothing is."""
    if after is None:
        return "the schedule leaves the type out"
    if after.period.after(day) < before.period.after(day):
        return f"it is {after.period.words} in class {after.class_}"
    earlier = before.trigger == "closed" and after.trigger == "recorded"
    return "the period counts from when they were recorded" if earlier else ""


def _records(moment: Moment) -> Mapping[str, int]:
    """How many records of each type there are, with those that left in this very step."""
    found: dict[str, int] = {}
    gone = [transition.before for transition in moment.transitions if transition.after is None]
    there = [lineage.current for lineage in moment.replay.lineages.values()]
    for version in (*gone, *there):
        if version and version.type.is_record:
            found[version.type.name] = found.get(version.type.name, 0) + 1
    return dict(sorted(found.items()))


def _schedule(content: bytes) -> dict[str, Retention] | None:
    """The class of each type in a settings file; None where it has another shape."""
    try:
        data: Any = yaml_dialect.parse(text.decode(content))
        classes = [matrix.retention(entry) for entry in data["retention"]]
        return {type_: kept for kept in classes for type_ in kept.types}
    except (Refused, KeyError, TypeError, ValueError, AttributeError):
        return None
