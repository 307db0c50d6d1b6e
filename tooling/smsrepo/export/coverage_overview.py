"""Coverage at a glance: a line for each clause, and the commands that bring most requirements further."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from smsrepo.conformity.coverage import Covered, State
from smsrepo.conformity.ledger import Ledger
from smsrepo.export.coverage_table import COLOURS, total
from smsrepo.model.artefact_type import ArtefactType, rank
from smsrepo.model.words import count

LISTED_AT_ONCE = 30
"""So many open requirements are read one by one; more are not."""
_STEPS, _NAME, _WIDTH = 10, 50, 52


def text(rows: Sequence[Covered], ledger: Ledger, types: Mapping[str, ArtefactType], basis: str) -> str:
    """How the clauses stand, what to do next, and how to see more."""
    clauses: dict[str, list[Covered]] = {}
    for row in rows:
        clauses.setdefault(row.requirement.clause, []).append(row)
    heads = "".join(f"  {click.style(state, fg=COLOURS[state])}" for state in State)
    lines = [f"{'Clause':{_WIDTH}}{heads}"]
    lines += [_clause(ledger.clause(number), some) for number, some in clauses.items()]
    lines += ["", total(Counter(row.state for row in rows)), basis]
    steps = _steps(rows, types)
    if steps:
        width = max(len(command) for command, _ in steps)
        lines += [
            "",
            click.style("Do next: what brings most requirements further, texts before records", bold=True),
        ]
        lines += [f"  {command:{width}}  {count(number, 'row')}" for command, number in steps]
    worst = next((row for row in rows if row.state is not State.MET), rows[0]).requirement
    shown = [
        (f"sms gaps --clause {worst.clause}", "what is open in a clause"),
        ("sms gaps --all", "every row"),
    ]
    shown.append((f"sms explain {worst.id}", "what a row asks, and what serves as evidence"))
    lines += ["", "See more:", *(f"  {command:28}  {why}" for command, why in shown)]
    return "\n".join(lines) + "\n"


def _clause(name: str, rows: Iterable[Covered]) -> str:
    counts = Counter(row.state for row in rows)
    cells = "".join(f"  {counts[state] or '·':>{len(state)}}" for state in State)
    return f"{name if len(name) <= _NAME else name[: _NAME - 1] + '…':{_WIDTH}}{cells}"


def _steps(rows: Iterable[Covered], types: Mapping[str, ArtefactType]) -> list[tuple[str, int]]:
    """The commands that most rows wait for; those about texts and decisions come first, records last."""
    waiting = Counter(row.next_command for row in rows if row.next_command and row.state is not State.MET)
    most = sorted(waiting.items(), key=lambda step: (-step[1], step[0]))[:_STEPS]
    return sorted(most, key=lambda step: (_turn(step[0], types), -step[1], step[0]))


def _turn(command: str, types: Mapping[str, ArtefactType]) -> int:
    words = command.split()
    type_ = types.get(words[2]) if words[1:2] == ["new"] and len(words) > 2 else None
    return 1 + rank(type_) if type_ else 0
