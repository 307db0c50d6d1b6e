"""What is to be done about documents, for people at a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import click

from smsrepo.control.concerns import Cause, Concern, concerns
from smsrepo.control.register import Register, State
from smsrepo.control.tally import SAID, tally
from smsrepo.export.columns import visible
from smsrepo.model.words import count

_COLOURS = {Cause.SUSPECT: "red", Cause.ASTRAY: "red", Cause.OVERDUE: "red", Cause.REVOKED: "red"}


def overview(register: Register, on: date) -> str:
    """What is not simply in force and in order, by what is to be done, and how many documents there are."""
    lines: list[str] = []
    found = sorted(_once(concerns(register, on)), key=lambda one: list(Cause).index(one.cause))
    for cause, group in groupby(found, key=lambda one: one.cause):
        lines.append(click.style(cause, bold=True, fg=_COLOURS.get(cause, "yellow")))
        lines += [
            f"  {' '.join(filter(None, map(visible, (one.name, one.title))))}: {visible(one.said)}"
            for one in group
        ]
        lines.append("")
    return "\n".join([*lines, _summary(register, on)]) + "\n"


def _once(found: Iterable[Concern]) -> Iterator[Concern]:
    """Each document once, under its most urgent cause; the others are added to what is said."""
    for _, group in groupby(found, key=lambda one: one.name.split(" ")[0]):
        first, *others = group
        more = "".join(f"; {one.cause.lower()}{_which(one, first)}: {one.said}" for one in others)
        yield first._replace(said=first.said + more)


def _which(one: Concern, first: Concern) -> str:
    return f" ({one.name})" if one.name != first.name else ""


def _summary(register: Register, on: date) -> str:
    found = tally(register, on)
    more = f"; newer revisions: {_counts(found.newer)}" if _counts(found.newer) else ""
    return f"{count(found.total, 'document')} as of {on}: {_counts(found.states) or 'none'}{more}."


def _counts(states: Counter[str]) -> str:
    named = [State.EFFECTIVE, State.IN_REVIEW, State.DRAFT, State.APPROVED, State.REVOKED, State.OBSOLETE]
    return ", ".join(f"{states[name]:,} {SAID.get(name, name)}" for name in named if states[name])
