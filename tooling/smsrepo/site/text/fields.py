"""Any fields of any type, as their schema describes them: short ones as facts, others as sections."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from smsrepo.model.artefact_type import EACH_ITEM, Pattern
from smsrepo.site.place import Place
from smsrepo.site.text.markup import attribute, blocks, bullets, plain, small, table, words
from smsrepo.site.text.prose import publish
from smsrepo.site.text.values import inline, is_short

HEADER = frozenset(
    {
        "id", "type", "title", "revision", "status", "effective_from", "owner", "author", "review_every",
        "summary_of_change", "audience", "classification", "successor", "change",
    }
)  # fmt: skip
_WIDTH = 300
_CELL = 260
_TELLING = ("text", "description")
_NAMING = ("title", "name", "id", "purpose", "process", "reference")


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names with values; names are HTML, values inline Markdown."""
    rows = [f'<dt>{name}</dt>\n<dd markdown="span">{value}</dd>' for name, value in pairs if value]
    return "\n".join(['<dl class="sms-facts" markdown="1">', *rows, "</dl>"]) if rows else ""


def all_fields(place: Place, *, without: Iterable[str] = (), instead: Mapping[str, str] | None = None) -> str:
    """Every field but those named: short ones as facts, then a section for each of the others.

    `instead` holds ready-made sections for some fields.
    """
    return blocks(*short_and_long(place, without=without, instead=instead))


def short_and_long(
    place: Place, *, without: Iterable[str] = (), instead: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """The same in two parts. Fields are in the order of the schema; those it does not know come last."""
    data = place.artefact.data
    described = {field.name: field.description for field in place.artefact.type.fields}
    left_out = frozenset(without)
    names = [
        name for name in [*described, *(set(data) - set(described))] if name in data and name not in left_out
    ]
    ready = instead or {}
    short = [name for name in names if name not in ready and is_short(data[name])]
    told = facts(
        (_label(name, described.get(name, "")), inline(place, data[name], (name,))) for name in short
    )
    sections = [
        ready.get(name) or _section(place, name, described.get(name, ""))
        for name in names
        if name not in short
    ]
    return told, blocks(*sections)


def _label(name: str, description: str) -> str:
    title = f' title="{attribute(description)}"' if description else ""
    return f"<span{title}>{plain(words(name))}</span>"


def _section(place: Place, name: str, description: str) -> str:
    standfirst = small(plain(description)) if description else ""
    return blocks(f"## {plain(words(name))}", standfirst, block(place, place.artefact.data[name], (name,), 3))


def block(place: Place, value: Any, pattern: Pattern, level: int) -> str:
    """A value with room of its own; headings inside start at `level`."""
    if isinstance(value, str):
        if place.kind(pattern):
            return inline(place, value, pattern)
        return publish(place.publication, value, place.artefact.path, place.page, top=min(level, 6))
    if isinstance(value, list):
        maps = [item for item in value if isinstance(item, dict)]
        if maps and len(maps) == len(value):
            return _entries(place, maps, (*pattern, EACH_ITEM), level)
        return bullets(inline(place, item, (*pattern, EACH_ITEM)) for item in value)
    if isinstance(value, dict) and set(value) != {"none"}:
        return _parts(place, value, pattern, level)
    return inline(place, value, pattern)


def _entries(place: Place, entries: Sequence[dict[str, Any]], pattern: Pattern, level: int) -> str:
    """A list of entries: a table where everything is short, else one after the other."""
    columns = list(dict.fromkeys(name for entry in entries for name in entry))
    if (
        all(_fits_a_cell(value) for entry in entries for value in entry.values())
        and _width(entries, columns) <= _WIDTH
    ):
        rows = [
            [inline(place, entry[c], (*pattern, c)) if c in entry else "" for c in columns]
            for entry in entries
        ]
        return table([plain(words(column)) for column in columns], rows)
    return blocks(*(_entry(place, entry, pattern, level) for entry in entries))


def _width(entries: Sequence[dict[str, Any]], columns: Sequence[str]) -> int:
    """About how many characters the longest cells of all columns take together."""
    return sum(max(len(str(entry.get(column, ""))) for entry in entries) + 3 for column in columns)


def _fits_a_cell(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _CELL and "\n" not in value.strip()
    return is_short(value)


def _entry(place: Place, entry: dict[str, Any], pattern: Pattern, level: int) -> str:
    naming = next((name for name in _NAMING if isinstance(entry.get(name), str)), next(iter(entry), ""))
    label = inline(place, entry.get(naming, ""), (*pattern, naming))
    rest = {name: value for name, value in entry.items() if name != naming}
    return blocks(f"{'#' * min(level, 6)} {label}", _parts(place, rest, pattern, level + 1))


def _parts(place: Place, value: dict[str, Any], pattern: Pattern, level: int) -> str:
    """The fields of one entry."""
    first = {name: part for name, part in value.items() if name in _TELLING and isinstance(part, str)}
    short = {name: part for name, part in value.items() if name not in first and is_short(part)}
    said = [block(place, part, (*pattern, name), level) for name, part in first.items()]
    told = facts((plain(words(name)), inline(place, part, (*pattern, name))) for name, part in short.items())
    longer = [
        _part(place, name, part, pattern, level)
        for name, part in value.items()
        if name not in first and name not in short
    ]
    return blocks(*said, told, *longer)


def _part(place: Place, name: str, part: Any, pattern: Pattern, level: int) -> str:
    content = block(place, part, (*pattern, name), level + 1)
    if isinstance(part, str) and "\n" not in part.strip():
        return f"**{plain(words(name))}.** {content}"
    heading = f"{'#' * level} {plain(words(name))}" if level <= 6 else f"**{plain(words(name))}**"
    return blocks(heading, content)
