"""What must happen at planned intervals has happened in time."""

from collections.abc import Iterator

from smsrepo.control.planned import Planned, planned
from smsrepo.control.settings import CONTROL
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("interval-overdue", severity=ERROR, reads=["control", "organisation"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A review, audit or other planned step is overdue."""
    for type_ in repo.types.values():
        every = type_.every
        if every is None or type_.name in repo.broken_types or every.per in repo.broken_types:
            continue
        if on.settings.interval(every.interval) is None:
            message = f"the interval `{every.interval}` is not planned"
            hint = f"Add it under `intervals`: it says how often there must be a new {type_.title.lower()}."
            yield Flaw(CONTROL, message, hint, "/intervals", at_key=True, requirements=every.requirements)
        for step in planned(repo, on.settings, type_, on.as_of):
            if step.due < on.as_of:
                yield _overdue(step, every.interval, every.requirements)


def _overdue(step: Planned, interval: str, requirements: tuple[str, ...]) -> Flaw:
    name = step.type.title.lower()
    since = (
        f"the last {name} was on {step.last}" if step.last else f"there has been no {name} since {step.begin}"
    )
    message = f"{since}; the next was due by {step.due} (every {step.interval.words})"
    hint = f"Hold it and record it: sms new {step.type.name}."
    if step.entry:
        return step.entry.flaw("id", f"{step.entry.id}: {message}", hint, requirements)
    return Flaw(CONTROL, message, hint, f"/intervals/{interval}", requirements=requirements)
