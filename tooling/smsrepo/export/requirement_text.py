"""A requirement explained: what it asks, what serves as evidence, which rules judge it, how it stands."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

import click

from smsrepo.conformity.claims import Claim
from smsrepo.conformity.coverage import MEANING, Covered
from smsrepo.conformity.crosswalk import Crosswalk, naming
from smsrepo.conformity.kinds import Kind
from smsrepo.export.coverage_table import COLOURS, RECONSTRUCTED
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Condition
from smsrepo.model.newest import newest_first
from smsrepo.model.words import count
from smsrepo.rules.rule import Rule

WIDTH = 98
_NEWEST, _NAMED = 3, 6
_DUTIES = {
    "content": "something written in a document",
    "control": "a control that works",
    "document": "a document",
    "record": "a record",
    "review": "a review at intervals",
    "communicate": "telling somebody",
    "agree": "agreeing with somebody",
    "measure": "measuring",
    "role": "somebody answerable",
}


def row_text(
    row: Covered, kinds: Sequence[Kind], rules: Iterable[Rule], crosswalks: Iterable[Crosswalk]
) -> str:
    """All about one row."""
    asked = row.requirement
    lines = [click.style(f"{asked.id}: {asked.text}", bold=True), ""]
    lines += fact("Asks for", _DUTIES.get(asked.kind, asked.kind))
    if asked.judgement:
        lines += fact("", "whether it is met, only a person can judge")
    if asked.reconstructed:
        lines += fact("Source", f"reconstructed: {RECONSTRUCTED}")
    state = click.style(row.state, fg=COLOURS[row.state])
    lines += [f"{'State':10} {state}: {MEANING[row.state]}"]
    lines += part("Served by", (_claim(claim) for claim in row.claims), "nothing says that it serves this")
    lines += part("Evidence it needs", map(_kind, kinds), "none besides")
    lines += part("Judged by", (f"{r.id} ({r.severity}): {r.summary}" for r in rules), "no rule of its own")
    lines += part("There now", _there(row), "nothing")
    if row.missing:
        lines += part("Missing", row.missing[:_NAMED])
        if len(row.missing) > _NAMED:
            lines.append(f"  and {len(row.missing) - _NAMED} more")
    if row.next_command:
        lines += ["", f"{'Next':10} {row.next_command}"]
    lines += part("Elsewhere", _elsewhere(row, crosswalks))
    return "\n".join(lines) + "\n"


def rows_text(title: str, rows: Sequence[Covered]) -> str:
    """All rows of a clause, a line or two each."""
    lines = [click.style(f"{title}: {count(len(rows), 'requirement')}", bold=True), ""]
    for row in rows:
        asked = row.requirement
        marked = " (reconstructed)" if asked.reconstructed else ""
        state = click.style(f"{row.state:12}", fg=COLOURS[row.state])
        first, *more = textwrap.wrap(f"{asked.text}{marked}", WIDTH - 29)
        lines += [f"  {asked.id:14} {state} {first}", *(f"{'':30}{line}" for line in more)]
    lines += ["", f"More about one of them: sms explain {rows[0].requirement.id}"]
    return "\n".join(lines) + "\n"


def fact(name: str, value: str) -> list[str]:
    """A name with its value beside it."""
    return textwrap.wrap(f"{name:10} {value}", WIDTH, subsequent_indent=" " * 11)


def part(name: str, entries: Iterable[str], otherwise: str = "") -> list[str]:
    """A heading with a list; nothing where the list is empty and nothing is said `otherwise`."""
    listed = list(entries) or ([otherwise] if otherwise else [])
    if not listed:
        return []
    lines = ["", name]
    for entry in listed:
        lines += textwrap.wrap(
            entry,
            WIDTH,
            initial_indent="  - ",
            subsequent_indent="    ",
            break_on_hyphens=False,
            break_long_words=False,
        )
    return lines


def _claim(claim: Claim) -> str:
    return f"{claim.name}{_condition(claim.where)}: {place(claim.type)}"


def place(type_: ArtefactType) -> str:
    """Where the files of a type lie, and how they are named."""
    number = "YYYY-NNNN" if type_.is_record else "NNN"
    return f"{type_.folder}/{type_.prefix}-{number}-….{type_.suffix.removeprefix('.')}"


def _condition(where: Sequence[Condition]) -> str:
    parts = []
    for one in where:
        if one.values:
            parts.append(f"{one.field} is {' or '.join(one.values)}")
        elif one.types:
            parts.append(f"{one.field} names a {' or '.join(one.types)}")
        else:
            parts.append(f"{one.field} is filled in")
    return f" where {' and '.join(parts)}" if parts else ""


def _kind(kind: Kind) -> str:
    held = [f"{type_.title}{_condition(where)} ({place(type_)})" for type_, where in kind.types]
    sources = [*held, *kind.settings, *([kind.computed] if kind.computed else [])]
    return f"{kind.name} ({kind.code}): {', '.join(sources) or 'no such type yet'}"


def _there(row: Covered) -> Iterator[str]:
    documents = {a.id: a for claim in row.claims for a in claim.serving if not a.type.is_record}
    others = {a.id: a for a in (*row.evidence, *(a for claim in row.claims for a in claim.serving))}
    documents |= {id_: a for id_, a in others.items() if not a.type.is_record}
    yield from map(_document, list(documents.values())[:_NAMED])
    if len(documents) > _NAMED:
        yield f"and {len(documents) - _NAMED} more documents and entries"
    records = [a for a in others.values() if a.type.is_record]
    for title, found in _by_type(records).items():
        named = ", ".join(a.id for a in newest_first(found)[:_NEWEST])
        yield f"{title}: {count(len(found), 'record')}, newest {named}"


def _by_type(records: Iterable[Artefact]) -> dict[str, list[Artefact]]:
    found: dict[str, list[Artefact]] = {}
    for record in records:
        found.setdefault(record.type.title, []).append(record)
    return found


def _document(artefact: Artefact) -> str:
    revision = artefact.data.get("revision")
    return f"{artefact.id} {artefact.title}{f', revision {revision}' if revision else ''}"


def _elsewhere(row: Covered, crosswalks: Iterable[Crosswalk]) -> Iterator[str]:
    for crosswalk in crosswalks:
        found = naming(crosswalk, row.requirement.id, row.requirement.clause)
        for entry in found[:_NAMED]:
            sure = f" ({entry.confidence} confidence)" if entry.confidence else ""
            yield f"{crosswalk.title}, {', '.join(entry.clauses)}: {entry.text}{sure}"
        if len(found) > _NAMED:
            yield f"{crosswalk.title}: and {len(found) - _NAMED} more"
