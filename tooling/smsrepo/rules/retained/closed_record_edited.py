"""closed-record-edited."""

from collections.abc import Iterator
from typing import Any

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment
from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import closed_before, reopened
from smsrepo.rules.rule import step_rule

_PARTS = ("by", "why", "what")


@step_rule("closed-record-edited", requirements=["4.3.3-s2.4"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A closed record was changed by something else than an added correction."""
    for before, after in closed_before(moment):
        if before.digest == after.digest or reopened(before, after):
            continue  # a record that is open again is the matter of another rule
        if reason := _mistake(before, after):
            yield Flaw(
                after.path,
                f"{after.id} is closed, and {reason}",
                "Put the record back as it was, and add what was wrong under `corrections`: on, by, why, what.",
            )


def _mistake(before: Version, after: Version) -> str:
    if before.attached != after.attached:
        return "a file that belongs to it changed"
    fields = [
        name
        for name in {**before.fields, **after.fields}
        if before.fields.get(name) != after.fields.get(name)
    ]
    others = [name for name in fields if name != "corrections"]
    if others:
        return f"`{others[0]}` changed"
    if before.substance != after.substance:
        return "its content changed"
    old, new = _corrections(before), _corrections(after)
    if new[: len(old)] != old:
        return "an earlier correction changed"
    if len(new) == len(old):
        return "its text changed"
    flaws = ((number, _flaw(new[number - 1])) for number in range(len(old) + 1, len(new) + 1))
    return next((f"correction {number} is {flaw}" for number, flaw in flaws if flaw), "")


def _flaw(correction: Any) -> str:
    if not isinstance(correction, dict) or day_in(correction.get("on")) is None:
        return "without the day it was made (`on`)"
    missing = [name for name in _PARTS if not correction.get(name)]
    return f"without `{missing[0]}`" if missing else ""


def _corrections(version: Version) -> list[Any]:
    found = version.fields.get("corrections")
    return found if isinstance(found, list) else []
