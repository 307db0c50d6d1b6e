"""Coverage of requirements as text, JSON and CSV."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from smsrepo.conformity.coverage import MEANING, Covered, State
from smsrepo.export import csv_table

COLOURS = {
    State.GAP: "red",
    State.PARTIAL: "yellow",
    State.DOCUMENTED: "cyan",
    State.JUDGEMENT: "blue",
    State.MET: "green",
}


RECONSTRUCTED = "worded from general knowledge, not from the text; compare with your copy."


def text(rows: Sequence[Covered], counts: Mapping[State, int], basis: str) -> str:
    """The rows by state, then what this version has no type for, how many there are of each, and on what it rests."""
    beyond = [row for row in rows if row.state is State.GAP and not row.next_command]
    lines: list[str] = []
    for state in State:
        below = [row for row in rows if row.state is state and row not in beyond]
        if below:
            lines += [click.style(f"{state.upper()}: {MEANING[state]}", bold=True, fg=COLOURS[state]), ""]
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
    lines.append(total(counts))
    if any(row.requirement.reconstructed for row in rows):
        lines.append(f"(reconstructed): {RECONSTRUCTED}")
    lines.append(basis)
    return "\n".join(lines) + "\n"


def total(counts: Mapping[State, int]) -> str:
    """All rows in one line: "599 requirements: 596 met, 3 by judgement."."""
    said = ", ".join(f"{counts[state]} {state}" for state in reversed(State) if counts.get(state))
    return f"{sum(counts.values())} requirements: {said}."


def as_json(rows: Iterable[Covered]) -> str:
    """A list of objects, one per row."""
    return json.dumps([record(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Iterable[Covered]) -> str:
    """For spreadsheets."""
    records = [
        {
            name: "; ".join(value) if isinstance(value, list) else str(value)
            for name, value in record(row).items()
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


def record(row: Covered) -> dict[str, object]:
    """A row with its state, by what it is served, what is missing."""
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
