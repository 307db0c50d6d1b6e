"""What must happen at planned intervals did so every time, not only the last time."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from smsrepo.control.planned import Planned, planned
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.settled import settled_by


@rule("interval-exceeded", severity=WARNING, reads=["control", "organisation", "nonconformity"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Between two reviews, audits or other planned steps more time passed than planned."""
    for type_ in repo.types.values():
        every = type_.every
        if every is None or type_.name in repo.broken_types or every.per in repo.broken_types:
            continue
        for step in planned(repo, on.settings, type_, on.as_of):
            yield from _gaps(repo, step, every.date, every.requirements)


def _gaps(repo: Repo, step: Planned, field: str, requirements: tuple[str, ...]) -> Iterator[Flaw]:
    name = step.type.title.lower()
    about = f" about {step.entry.id}" if step.entry else ""
    before = [(step.begin, None), *step.held]
    for (earlier, previous), (later, record) in pairwise(before):
        due = step.interval.after(earlier)
        if record is None or settled_by(repo, record):
            continue
        if date.min < earlier and due < later:
            since = f"{previous.id} was on {earlier}" if previous else f"the time counts from {earlier}"
            yield record.flaw(
                field,
                f"this {name}{about} was due by {due} and came on {later}; {since} (every {step.interval.words})",
                "Correct a wrong date. If the date is right, record the delay: sms new nonconformity, with"
                f" {record.id} in `links`.",
                requirements,
            )
