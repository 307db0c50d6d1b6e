"""Coverage seen from another text, as text, JSON and CSV."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from smsrepo.conformity.coverage import MEANING, State
from smsrepo.conformity.crosswalk import Crosswalk, Viewed
from smsrepo.export import csv_table
from smsrepo.export.coverage_table import COLOURS

NOTHING = "maps to nothing"
_SHOWN, _WIDTH = 4, 98


def text(crosswalk: Crosswalk, shown: Sequence[Viewed], everything: Sequence[Viewed], basis: str) -> str:
    """The entries by state, then how many there are of each, and what the view does not say."""
    about = textwrap.wrap(crosswalk.about, _WIDTH)
    lines = [click.style(f"{crosswalk.title}: {crosswalk.to}", bold=True), *about, ""]
    for state in (*State, None):
        below = [viewed for viewed in shown if viewed.state is state]
        if below:
            head = f"{state.upper()}: {MEANING[state]}" if state else NOTHING.upper()
            lines += [click.style(head, bold=True, fg=COLOURS.get(state) if state else None), ""]
            for viewed in below:
                lines += _lines(viewed)
            lines.append("")
    counts = Counter(state_of(viewed) for viewed in everything)
    named = ", ".join(f"{counts[s]} {s}" for s in (*map(str, reversed(State)), NOTHING) if counts[s])
    lines.append(f"{len(everything)} entries: {named}. An entry stands as the worst of its requirements.")
    lines.append(basis)
    return "\n".join(lines) + "\n"


def state_of(viewed: Viewed) -> str:
    """The state for people."""
    return str(viewed.state) if viewed.state else NOTHING


def as_json(entries: Iterable[Viewed]) -> str:
    """A list of objects, one per entry."""
    return json.dumps([record(viewed) for viewed in entries], ensure_ascii=False, indent=2) + "\n"


def as_csv(entries: Iterable[Viewed]) -> str:
    """For spreadsheets."""
    return csv_table.as_csv(*flat(record(viewed) for viewed in entries))


def flat(records: Iterable[dict[str, object]]) -> tuple[list[str], list[dict[str, str]]]:
    """Heads and rows of text; what is a list becomes one text with semicolons."""
    rows = [
        {name: "; ".join(v) if isinstance(v, list) else str(v) for name, v in record.items()}
        for record in records
    ]
    return (list(rows[0]) if rows else []), rows


def record(viewed: Viewed) -> dict[str, object]:
    """An entry with the state of each requirement it maps to."""
    entry = viewed.entry
    return {
        "id": entry.id,
        "clauses": list(entry.clauses),
        "text": entry.text,
        "state": state_of(viewed),
        "confidence": entry.confidence,
        "requirements": [f"{row.requirement.id} {row.state}" for row in viewed.rows],
        "missing": list(viewed.missing),
        "next": viewed.next_command,
        "note": entry.note,
    }


def _lines(viewed: Viewed) -> list[str]:
    entry = viewed.entry
    sure = f" ({entry.confidence} confidence)" if entry.confidence else ""
    head = f"  {', '.join(entry.clauses):14} {entry.text}{sure}"
    worst = [row.requirement.id for row in viewed.rows if row.state is viewed.state]
    more = f" and {len(worst) - _SHOWN} more" if len(worst) > _SHOWN else ""
    lines = [head]
    if worst:
        lines.append(f"  {'':14} {viewed.state}: {', '.join(worst[:_SHOWN])}{more}")
    lines += [f"  {'':14} - {missing}" for missing in viewed.missing[:_SHOWN]]
    if len(viewed.missing) > _SHOWN:
        lines.append(f"  {'':14} - and {len(viewed.missing) - _SHOWN} more")
    if viewed.next_command:
        lines.append(f"  {'':14} > {viewed.next_command}")
    return lines
