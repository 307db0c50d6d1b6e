"""Ways to break the reference SMS: each mutation spoils one place of one file and names who must notice."""

import copy
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from smsrepo.load.schema_files import SchemaFiles
from smsrepo.model.artefact import Artefact, Heading
from smsrepo.model.artefact_type import EACH_ITEM, EACH_VALUE, Pattern
from smsrepo.model.finding import Finding
from smsrepo.model.repo import Repo
from support.obliged import Pointer, obliged

_ID = re.compile(r"[A-Z]{2,4}(-\d{4})?-\d{3,6}")


@dataclass(frozen=True)
class Mutation:
    """A spoilt file: what was done to which place, and the rules of which one must say so.

    The finding must point into the place (`pointer`, unless empty) or name it (one of `names`).
    """

    done: str
    type: str
    place: str
    path: str
    text: str
    rules: frozenset[str]
    names: tuple[str, ...]
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.type}: {self.done} {self.place}"

    def noticed_by(self, findings: Sequence[Finding]) -> bool:
        """Whether one of the findings on its file is about what was done."""
        return any(
            finding.rule in self.rules
            and (self._holds(finding.pointer) or any(name in finding.message for name in self.names))
            for finding in findings
        )

    def _holds(self, pointer: str) -> bool:
        return bool(self.pointer) and f"{pointer}/".startswith(f"{self.pointer}/")


@dataclass(frozen=True)
class Draft:
    """A mutation before the file is chosen that will carry it: one example of (done, type, place)."""

    done: str
    place: str
    artefact: Artefact
    spoil: Callable[[], str]
    rules: frozenset[str]
    names: tuple[str, ...]
    pointer: str = ""


def drafts_of_fields(repo: Repo, files: SchemaFiles) -> Iterator[Draft]:
    """Required fields, dropped and emptied."""
    for artefact in repo.artefacts:
        schema_path = artefact.type.schema_path
        for at in obliged(files, files.schemas[schema_path], schema_path, artefact.data):
            if at in (("id",), ("type",)):
                continue  # without them a file is of no type or has no name: other tests drop those
            names = tuple(str(part) for part in at if isinstance(part, str))[-1:]
            rules = frozenset({"schema-violated"})
            drop = _without(artefact, at)
            yield Draft("drop", _place(at), artefact, drop, rules, names, _pointer(at[:-1] or at))
            value = _at(artefact.data, at)
            if value and isinstance(value, str | list | dict):
                spoil = _with(artefact, at, type(value)())
                yield Draft("empty", _place(at), artefact, spoil, rules, names, _pointer(at[:-1] or at))


def drafts_of_sections(repo: Repo) -> Iterator[Draft]:
    """Required sections, dropped and emptied."""
    for artefact in repo.artefacts:
        for section in artefact.type.sections:
            found = [heading for heading in artefact.headings if heading.anchor == section.id]
            if found and artefact.status != "obsolete":
                place, names = f"section {section.id}", (section.title, section.id)
                drop = _cut(artefact, found[0], keep_title=False)
                empty = _cut(artefact, found[0], keep_title=True)
                yield Draft("drop", place, artefact, drop, frozenset({"missing-section"}), names)
                yield Draft("empty", place, artefact, empty, frozenset({"empty-section"}), names)


def drafts_of_references(repo: Repo) -> Iterator[Draft]:
    """References to what is not there or is of another type, roles and people nobody knows."""
    for artefact in repo.artefacts:
        notes = artefact.type.annotations
        for pattern, types in notes.references:
            for at in _matches(artefact.data, pattern):
                named = str(_at(artefact.data, at))
                if not _ID.fullmatch(named):
                    continue  # a plain word, where the field allows one
                yield _named(artefact, "dangle", at, _nowhere(named), "broken-reference")
                strange = next((a.id for a in repo.artefacts if types and a.type.name not in types), "")
                if strange:
                    yield _named(artefact, "mistype", at, strange, "mistyped-reference")
        for patterns, rule in ((notes.roles, "unknown-role"), (notes.persons, "unknown-person")):
            for pattern in patterns:
                for at in _matches(artefact.data, pattern):
                    yield _named(artefact, "dangle", at, "nobody-at-all", rule)


def drafts_of_orders(repo: Repo) -> Iterator[Draft]:
    """Pairs of dates that must not run backwards, reversed."""
    for artefact in repo.artefacts:
        for chain in artefact.type.order:
            dated = [name for name in chain if isinstance(artefact.data.get(name), str)]
            for earlier, later in itertools.pairwise(dated):
                value = _before(str(artefact.data[earlier]), str(artefact.data[later]))
                place, rules = f"{earlier} to {later}", frozenset({"dates-out-of-order"})
                yield Draft("reverse", place, artefact, _with(artefact, (later,), value), rules, (later,))


def mutations(drafts: Iterable[Draft]) -> list[Mutation]:
    """One mutation for each (done, type, place), each in a file of its own beside the one it was made from."""
    firsts: dict[tuple[str, str, str], Draft] = {}
    for draft in drafts:
        firsts.setdefault((draft.done, draft.artefact.type.name, draft.place), draft)
    return [_made(draft, number) for number, draft in enumerate(firsts.values())]


def _made(draft: Draft, number: int) -> Mutation:
    folder, _, name = draft.artefact.path.rpartition("/")
    path = f"{folder}/{number}-{name}"
    return Mutation(
        draft.done, draft.artefact.type.name, draft.place, path, draft.spoil(), draft.rules, draft.names, draft.pointer
    )  # fmt: skip


def older(artefact: Artefact, field: str) -> tuple[str, str]:
    """A file whose date lies ten years earlier, with its path."""
    value = str(artefact.data[field])
    return artefact.path, _with(artefact, (field,), f"{int(value[:4]) - 10}{value[4:]}")()


def _named(artefact: Artefact, done: str, at: Pointer, value: str, rule: str) -> Draft:
    return Draft(done, _place(at), artefact, _with(artefact, at, value), frozenset({rule}), (value,))


def _place(at: Pointer) -> str:
    return "/".join("*" if isinstance(part, int) else part for part in at)


def _pointer(at: Pointer) -> str:
    return "".join(f"/{part}" for part in at)


def _at(data: Any, at: Pointer) -> Any:
    for part in at:
        data = data[part]
    return data


def _matches(data: Any, pattern: Pattern, at: Pointer = ()) -> Iterator[Pointer]:
    """The places in data that a pattern names and that hold a string."""
    if not pattern:
        if isinstance(data, str):
            yield at
        return
    head, rest = pattern[0], pattern[1:]
    if head == EACH_ITEM and isinstance(data, list):
        for index, value in enumerate(data):
            yield from _matches(value, rest, (*at, index))
    elif head == EACH_VALUE and isinstance(data, dict):
        for name, value in data.items():
            yield from _matches(value, rest, (*at, name))
    elif isinstance(data, dict) and head in data:
        yield from _matches(data[head], rest, (*at, head))


def _without(artefact: Artefact, at: Pointer) -> Callable[[], str]:
    def spoil() -> str:
        data = copy.deepcopy(dict(artefact.data))
        del _at(data, at[:-1])[at[-1]]
        return _composed(artefact, data)

    return spoil


def _with(artefact: Artefact, at: Pointer, value: Any) -> Callable[[], str]:
    def spoil() -> str:
        data = copy.deepcopy(dict(artefact.data))
        _at(data, at[:-1])[at[-1]] = value
        return _composed(artefact, data)

    return spoil


def _cut(artefact: Artefact, heading: Heading, keep_title: bool) -> Callable[[], str]:
    """The text without a section, sub-sections included."""

    def spoil() -> str:
        lines = artefact.text.split("\n")
        after = [h.line for h in artefact.headings if h.line > heading.line and h.level <= heading.level]
        end = after[0] - 1 if after else len(lines)
        return "\n".join([*lines[: heading.line - (not keep_title)], "", *lines[end:]]) + "\n"

    return spoil


def _composed(artefact: Artefact, data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"  # which is YAML, and quick to write
    return f"---\n{text}---\n{artefact.body}" if artefact.path.endswith(".md") else text


def _nowhere(id_: str) -> str:
    return "-".join([*id_.split("-")[:-1], "999999"])


def _before(earlier: str, later: str) -> str:
    """A value in the form of `later` that lies before `earlier`."""
    day = date.fromisoformat(earlier[:10]) - timedelta(days=1)
    if "T" not in later:
        return day.isoformat()
    return datetime.fromisoformat(later).replace(year=day.year, month=day.month, day=day.day).isoformat()
