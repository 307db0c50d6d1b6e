"""A type of document or record explained: what it is for, where its files lie, what each field holds."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import click

from smsrepo.control.settings import Settings
from smsrepo.export.requirement_text import WIDTH, fact, part, place
from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.shapes import Part, conditions, parts_of, words_of
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.words import count
from smsrepo.rules.rule import Rule

_NUMBERS = {True: "PREFIX-YYYY-NNNN, the year of recorded_on", False: "PREFIX-NNN"}


class Explained(NamedTuple):
    """What a type is explained from: all types, their schemas, the settings, the rules and the names of rows."""

    types: Mapping[str, ArtefactType]
    files: SchemaFiles
    settings: Settings
    rules: Sequence[Rule]
    rows: Mapping[str, str]


def type_text(type_: ArtefactType, about: Explained) -> str:
    """All about one type."""
    lines = [click.style(f"{type_.name}: {type_.title}", bold=True), ""]
    lines += [*textwrap.wrap(type_.description, WIDTH), ""]
    lines += fact("Files", place(type_))
    lines += fact("Ids", _NUMBERS[type_.is_record].replace("PREFIX", type_.prefix))
    lines += _control(type_, about.settings)
    lines += fact("New", f"sms new {type_.name}")
    lines += ["", "Fields"]
    when = conditions(about.files, type_.schema_path)
    titles = {name: found.title for name, found in about.types.items()}
    for field in type_.fields:
        asked = "required" if field.required else _asked(when.get(field.name, ()))
        words = words_of(about.files, field.schema, field.base, titles)
        lines += _field(field.name, asked, words, field.description, "  ")
        lines += _parts(parts_of(about.files, field.schema, field.base, titles), "    ")
    if type_.sections:
        lines += ["", "Sections"]
        for section in type_.sections:
            lines += _field(
                section.title, f"at least {count(section.min_words, 'word')}", "", section.help, "  "
            )
    lines += part("Serves", _serves(type_, about.rows))
    judging = [rule for rule in about.rules if type_.name in rule.reads]
    lines += part("Read by", (f"{rule.id} ({rule.severity}): {rule.summary}" for rule in judging))
    return "\n".join(lines) + "\n"


def _control(type_: ArtefactType, settings: Settings) -> list[str]:
    """Who approves a controlled document; how long a record is kept."""
    if type_.is_record:
        kept = settings.retention(type_.name)
        said = (
            f"{kept.period.words} after it is {kept.trigger} (class {kept.class_})" if kept else "in no class"
        )
        return fact("Kept", f"{said}, by the retention schedule in sms/control.yml")
    row = settings.approval_row(type_.name, "")
    said = " and ".join(row.needed.approvers) if row else "nobody can, there is no row for it"
    return fact("Approval", f"{said}, by the matrix in sms/control.yml")


def _asked(when: Sequence[str]) -> str:
    return f"required when {'; or when '.join(when)}" if when else "if wanted"


def _parts(parts: Iterable[Part], indent: str) -> Iterator[str]:
    """The fields of a map; those of maps that look like one before are not repeated."""
    shown: dict[tuple[Part, ...], str] = {}
    for each in parts:
        like = shown.setdefault(each.parts, each.name) if each.parts else each.name
        words = each.words if like == each.name else f"{each.words}, with the same fields as {like}"
        yield from _field(each.name, "" if each.needed else "if wanted", words, each.description, indent)
        if like == each.name:
            yield from _parts(each.parts, f"{indent}  ")


def _field(name: str, asked: str, words: str, description: str, indent: str) -> list[str]:
    """The name, what it holds and whether it must be there on one line; below it what it is for."""
    head = "; ".join(said for said in (words, asked) if said)
    lines = textwrap.wrap(
        f"{name}: {head}",
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_on_hyphens=False,
    )
    inner = f"{indent}  "
    return lines + textwrap.wrap(description, WIDTH, initial_indent=inner, subsequent_indent=inner)


def _serves(type_: ArtefactType, rows: Mapping[str, str]) -> Iterator[str]:
    ids = [*type_.requirements]
    ids += [id_ for evidence in type_.evidence for id_ in evidence.requirements]
    ids += [id_ for section in type_.sections for id_ in section.requirements]
    for id_ in dict.fromkeys(ids):
        yield f"{id_} {rows.get(id_, '')}".rstrip()
