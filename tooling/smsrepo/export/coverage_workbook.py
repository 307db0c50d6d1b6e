"""Coverage as a workbook for auditors: the rows, their numbers by clause, and what the states mean."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from smsrepo.conformity.coverage import MEANING, Covered, State
from smsrepo.conformity.crosswalk import Crosswalk, Viewed, naming
from smsrepo.export import coverage_table, crosswalk_table
from smsrepo.export.workbook import Sheet, workbook

_WIDTHS = {
    "text": 50,
    "served_by": 44,
    "evidence": 30,
    "missing": 60,
    "next": 34,
    "note": 40,
    "requirements": 34,
}
_TITLES = {"served_by": "Served by", "next": "Next command", "id": "Id"}


def of_rows(
    rows: Sequence[Covered], crosswalks: Sequence[Crosswalk], day: date, revision: str, basis: str
) -> bytes:
    """The coverage of requirements; the last columns name what corresponds to each row elsewhere."""
    records = []
    for row in rows:
        where = row.requirement.id, row.requirement.clause
        others = {c.title: [_named(e.id, e.clauses) for e in naming(c, *where)] for c in crosswalks}
        records.append({**coverage_table.record(row), **others})
    clauses: dict[str, Counter[str]] = {}
    for row in rows:
        clauses.setdefault(row.requirement.clause, Counter())[str(row.state)] += 1
    sheets = [_sheet("Coverage", records), _summary("Clause", clauses), _about(day, revision, basis)]
    return workbook(sheets, day)


def of_view(crosswalk: Crosswalk, entries: Sequence[Viewed], day: date, revision: str, basis: str) -> bytes:
    """Coverage seen from another text."""
    clauses: dict[str, Counter[str]] = {}
    for viewed in entries:
        clauses.setdefault(viewed.entry.clauses[0], Counter())[crosswalk_table.state_of(viewed)] += 1
    sheet = _sheet("Coverage", [crosswalk_table.record(viewed) for viewed in entries])
    told = [("View", f"{crosswalk.title}: {crosswalk.to}"), ("What it shows", crosswalk.about)]
    return workbook([sheet, _summary("Clause", clauses), _about(day, revision, basis, told)], day)


def _named(id_: str, clauses: tuple[str, ...]) -> str:
    return id_ if id_.startswith(clauses[0]) else ", ".join(clauses)


def _sheet(title: str, records: Sequence[dict[str, object]]) -> Sheet:
    heads, rows = crosswalk_table.flat(records)
    columns = tuple((_TITLES.get(head, head[:1].upper() + head[1:]), _WIDTHS.get(head, 16)) for head in heads)
    return Sheet(title, columns, [list(row.values()) for row in rows])


def _summary(unit: str, clauses: dict[str, Counter[str]]) -> Sheet:
    states = [*map(str, reversed(State)), crosswalk_table.NOTHING]
    used = [state for state in states if any(counts[state] for counts in clauses.values())]
    rows: list[list[str | int]] = [
        [clause, sum(counts.values()), *(counts[state] for state in used)]
        for clause, counts in clauses.items()
    ]
    total = [sum(int(row[across]) for row in rows) for across in range(1, len(used) + 2)]
    heads = ((unit, 12), ("Entries", 12), *((state.capitalize(), 14) for state in used))
    return Sheet("Summary", heads, [*rows, ["All", *total]])


def _about(day: date, revision: str, basis: str, told: Sequence[tuple[str, str]] = ()) -> Sheet:
    lines = [
        ("As of", day.isoformat()),
        ("Revision", revision),
        *told,
        *((f"State: {state}", MEANING[state]) for state in reversed(State)),
        (
            "Presence is not adequacy",
            "The tool says which text is in force, which evidence exists and which rules are silent. "
            "Whether that is enough, an auditor says.",
        ),
        ("In force", basis),
        ("Reconstructed", coverage_table.RECONSTRUCTED),
    ]
    return Sheet("About", (("What", 28), ("", 100)), lines)
