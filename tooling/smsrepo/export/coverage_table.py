"""Coverage of requirements as text, JSON and CSV."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from smsrepo.conformity.coverage import MEANING, Covered, State
from smsrepo.export import csv_table

_COLOURS = {
    State.GAP: "red",
    State.PARTIAL: "yellow",
    State.DOCUMENTED: "cyan",
    State.JUDGEMENT: "blue",
    State.MET: "green",
}


def text(rows: Sequence[Covered], counts: Mapping[State, int], basis: str) -> str:
    """The rows by state, then what this version has no type for, how many there are of each, and on what it rests."""
    beyond = [row for row in rows if row.state is State.GAP and not row.next_command]
    lines: list[str] = []
    for state in State:
        below = [row for row in rows if row.state is state and row not in beyond]
        if below:
            lines += [click.style(f"{state.upper()}: {MEANING[state]}", bold=True, fg=_COLOURS[state]), ""]
            for row in below:
                lines += _lines(row)
            lines.append("")
    if beyond:
        clauses = Counter(row.requirement.clause for row in beyond)
        listed = ", ".join(f"{clause} ({count})" for clause, count in clauses.items())
        lines += [
            f"Besides, {len(beyond)} gaps for which this version has no type of document or record yet:",
            f"  {listed}",
            "",
        ]
    total = sum(counts.values())
    summary = ", ".join(f"{counts[state]} {state}" for state in reversed(State) if counts.get(state))
    lines.append(f"{total} requirements: {summary}.")
    if any(row.requirement.reconstructed for row in rows):
        lines.append(
            "(reconstructed): worded from general knowledge, not from the text; compare with your copy."
        )
    lines.append(basis)
    return "\n".join(lines) + "\n"


def as_json(rows: Iterable[Covered]) -> str:
    """A list of objects, one per row."""
    return json.dumps([_record(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Iterable[Covered]) -> str:
    """For spreadsheets."""
    records = [
        {
            name: "; ".join(value) if isinstance(value, list) else str(value)
            for name, value in _record(row).items()
        }
        for row in rows
    ]
    return csv_table.as_csv(list(records[0]) if records else [], records)


def _lines(row: Covered) -> list[str]:
    requirement = row.requirement
    lines = [
        f"  {requirement.id:14} {requirement.text}{' (reconstructed)' if requirement.reconstructed else ''}"
    ]
    lines += [f"  {'':14} - {missing}" for missing in row.missing]
    if row.next_command:
        lines.append(f"  {'':14} > {row.next_command}")
    return lines


def _record(row: Covered) -> dict[str, object]:
    requirement = row.requirement
    return {
        "id": requirement.id,
        "clause": requirement.clause,
        "text": requirement.text,
        "state": str(row.state),
        "served_by": [claim.name for claim in row.claims],
        "evidence": [artefact.id for artefact in row.evidence],
        "missing": list(row.missing),
        "next": row.next_command,
        "source": "reconstructed" if requirement.reconstructed else "standard",
    }
