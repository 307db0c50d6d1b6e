"""closed-record-edited."""

from collections.abc import Iterator
from typing import Any

from smsrepo.control.lineage import Version, day_in
from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.retained.closing import closed_before
from smsrepo.rules.rule import step_rule

_PARTS = ("by", "why", "what")


@step_rule("closed-record-edited", requirements=["4.3.3-s2.4"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A closed record was changed by something else than an added correction."""
    changed = {change.path for change in moment.step.changes}
    for before, after in closed_before(moment):
        if before.digest == after.digest or _reopened(before, after):
            continue
        attached = [path for path in moment.replay.versions.files(after.path)[1:] if path in changed]
        if reason := _mistake(before, after, attached):
            yield Flaw(
                after.path,
                f"{after.id} is closed, and {reason}",
                "Put the record back as it was, and add what was wrong under `corrections`: on, by, why, what.",
            )


def _mistake(before: Version, after: Version, attached: list[str]) -> str:
    if attached:
        return f"the file {attached[0]} that belongs to it changed"
    fields = [name for name in {**before.fields, **after.fields} if before.fields.get(name) != after.fields.get(name)]
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
    return next((f"correction {n} is {flaw}" for n, one in enumerate(new, 1) if n > len(old) and (flaw := _flaw(one))), "")


def _flaw(correction: Any) -> str:
    if not isinstance(correction, dict) or day_in(correction.get("on")) is None:
        return "without the day it was made (`on`)"
    missing = [name for name in _PARTS if not correction.get(name)]
    return f"without `{missing[0]}`" if missing else ""


def _corrections(version: Version) -> list[Any]:
    found = version.fields.get("corrections")
    return found if isinstance(found, list) else []


def _reopened(before: Version, after: Version) -> bool:
    """Then that is the mistake, and another rule tells of it."""
    return after.type.name == before.type.name and before.status != after.status and not after.closed
