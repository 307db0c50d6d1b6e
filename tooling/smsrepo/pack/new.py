"""A new artefact from its type alone: the next free id, fields in canonical order, the sections to write."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from smsrepo.errors import CannotRunError, UserError
from smsrepo.load.markdown import slugify
from smsrepo.load.parse import parse_file
from smsrepo.load.refusal import Refused
from smsrepo.load.schemas import Schemas
from smsrepo.load.wording import Misfit, misfits
from smsrepo.load.yaml_dialect import parse
from smsrepo.model.artefact_type import ArtefactType, Field
from smsrepo.model.ids import ID
from smsrepo.model.placeholder import WRITE_HERE
from smsrepo.model.repo import Repo
from smsrepo.pack.proposals import UNKNOWN, Proposals
from smsrepo.pack.yaml_text import dump

Ask = Callable[[Field, list[str] | None, Any, str], str]
"""Asks a person for a field: its choices, its proposal, what was wrong with the last answer; gives what was typed."""

Shape = tuple[Mapping[str, Any], str]
"""A schema, and the file that its references count from."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file, not yet written."""

    path: str
    text: str
    id: str


def next_id(repo: Repo, type_: ArtefactType, year: int) -> str:
    """The next free id of a prefix; records count within their year. Ids of broken files are not free."""
    stem = f"{type_.prefix}-{year}-" if type_.is_record else f"{type_.prefix}-"
    pattern = re.compile(rf"{stem}(\d+)")
    names = [path.rpartition("/")[2] for path in repo.paths]
    numbers = [int(match[1]) for id_ in (*repo.by_id, *names) if (match := pattern.match(id_))]
    return f"{stem}{max(numbers, default=0) + 1:0{4 if type_.is_record else 3}d}"


class NewArtefact:
    """Collects the fields of a new artefact: what was set, what can be proposed, what must be asked."""

    def __init__(self, repo: Repo, schemas: Schemas, type_: ArtefactType, today: date) -> None:
        self._repo = repo
        self._schemas = schemas
        self._type = type_
        self._today = today
        self._proposals = Proposals(schemas.files, repo, today)
        self._guessed: set[str] = set()

    def draft(self, given: Mapping[str, str], ask: Ask | None) -> Draft:
        """The new file; raises UserError for what is wrong or, with nobody to ask, missing."""
        self._refuse_a_second()
        fields = {field.name: field for field in self._type.fields}
        values = {**self._fixed(), **self._given(given, fields)}
        missing = [name for name, field in fields.items() if field.required and name not in values]
        while missing:
            self._fill(values, [fields[name] for name in missing], ask)
            missing = self._still_missing(values)
        data = {name: values[name] for name in fields if name in values}
        self._validate(data)
        draft = Draft(self._path(data), self._text(data, given), data["id"])
        refusal = parse_file(draft.path, draft.text.encode()).refusal
        if refusal:
            raise UserError(f"no file was made: {refusal[0]}", refusal[1])
        return draft

    def _refuse_a_second(self) -> None:
        """Where one is enough, there is none to make beside it."""
        there = [a for a in self._repo.by_type.get(self._type.name, ()) if a.status != "obsolete"]
        if self._type.required and self._type.required.how == "one" and there:
            hint = f"Edit {there[0].path}, or set it to `status: obsolete` first."
            raise UserError(f"there is a {self._type.title.lower()} already: {there[0].id}", hint)

    def _fill(self, values: dict[str, Any], fields: list[Field], ask: Ask | None) -> None:
        values.update({field.name: self._value(field, ask) for field in fields})
        unknown = [field for field in fields if values[field.name] is UNKNOWN]
        if unknown:
            names = ", ".join(f"`{field.name}`" for field in unknown)
            options = " ".join(f"--set {field.name}={self._example(field)}" for field in unknown)
            raise UserError(f"not given for the new {self._type.title.lower()}: {names}", f"Add {options}")

    def _still_missing(self, values: Mapping[str, Any]) -> list[str]:
        """Fields that the schema asks for only because of the value of others."""
        found = self._misfits(values)
        names = [
            m.message.split("`")[1] for m in found if not m.pointer and m.message.endswith(" is missing")
        ]
        return [name for name in names if name not in values]

    def _misfits(self, values: Mapping[str, Any]) -> list[Misfit]:
        path = self._type.schema_path
        if self._schemas.validator(path).is_valid(values):
            return []
        return misfits(self._schemas.files, path, dict(values), lambda _pointer: None)

    def _fixed(self) -> dict[str, Any]:
        header = {"id": next_id(self._repo, self._type, self._today.year), "type": self._type.name}
        if not self._type.is_record:
            header |= {"revision": "0.1", "status": "draft", "summary_of_change": "First draft."}
        return header

    def _given(self, given: Mapping[str, str], fields: Mapping[str, Field]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, text in given.items():
            top, _, inner = name.partition(".")
            if top not in fields or top in self._fixed().keys() - {"summary_of_change"}:
                known = ", ".join(n for n in fields if n not in self._fixed())
                raise UserError(
                    f"`{top}` cannot be set on a {self._type.title.lower()}", f"Its fields: {known}."
                )
            if inner:
                self._set_inside(values, fields[top], inner.split("."), text)
            else:
                values[top] = _convert(self._shapes(fields[top].schema, fields[top].base), text, name)
        return values

    def _set_inside(self, values: dict[str, Any], field: Field, steps: list[str], text: str) -> None:
        target = values.setdefault(field.name, {})
        if not isinstance(target, dict):
            raise UserError(f"`{field.name}` is set as a whole and in part", "Set the one or the other.")
        schema, base = dict(field.schema), field.base
        for step in steps:
            schema, base = self._schemas.files.follow(schema.get("properties", {}).get(step, {}), base)
        for step in steps[:-1]:
            target = target.setdefault(step, {})
        target[steps[-1]] = _convert(self._shapes(schema, base), text, field.name)

    def _value(self, field: Field, ask: Ask | None) -> Any:
        proposed = self._proposals.propose(field.schema, field.base)
        if field.name in ("status", "stage") and "enum" in field.schema:
            return field.schema["enum"][0]  # where everything of its type begins
        choices = self._choices(field)
        if choices == [] and proposed is UNKNOWN:
            raise UserError(
                f"`{field.name}` names something that does not exist yet", self._make_first(field)
            )
        if ask is None or proposed is WRITE_HERE or isinstance(proposed, (list, dict)):
            if proposed == self._today.isoformat() and field.name != _MADE_ON:
                self._guessed.add(field.name)  # today is a guess, but for the day on which the record is made
            return proposed
        problem = ""
        while True:
            answer = ask(field, choices, None if proposed is UNKNOWN else proposed, problem)
            value = _convert(self._shapes(field.schema, field.base), answer, field.name)
            problem = self._problem(field.name, value)
            if not problem:
                return value

    def _problem(self, name: str, value: Any) -> str:
        """What is wrong with one value; empty when nothing is."""
        found = self._misfits({name: value})
        about = [misfit.message for misfit in found if misfit.pointer.startswith(f"/{name}")]
        unknown = (message for message, _ in self._wrong_references({name: value}))
        return next(iter(about), "") or next(unknown, "")

    def _make_first(self, field: Field) -> str:
        wanted = {
            name
            for pattern, allowed in self._type.annotations.references
            for name in allowed
            if pattern[0] == field.name
        }
        return f"Make one first: {' or '.join(f'sms new {name}' for name in sorted(wanted))}."

    def _choices(self, field: Field) -> list[str] | None:
        """The choices of a field, or of the entries of a list."""
        shapes = self._shapes(field.schema, field.base)
        entries = next(((shape["items"], base) for shape, base in shapes if "items" in shape), None)
        schema = self._schemas.files.follow(*entries)[0] if entries else field.schema
        return self._proposals.choices(schema)

    def _shapes(self, schema: Mapping[str, Any], base: str) -> list[Shape]:
        """A schema and its alternatives, with references followed."""
        return [(schema, base), *(self._schemas.files.follow(part, base) for part in schema.get("oneOf", ()))]

    def _example(self, field: Field) -> str:
        """What can stand behind `--set NAME=`: the values there are, or the form that they have."""
        schema, _ = self._schemas.files.follow(field.schema, field.base)
        choices = self._choices(field)
        if choices:
            few = choices if "enum" in schema else choices[:6]
            return "|".join(few) + ("|…" if len(choices) > len(few) else "")
        return self._proposals.form(schema)

    def _validate(self, data: dict[str, Any]) -> None:
        for misfit in self._misfits(data):
            raise UserError(
                f"no file was made: {misfit.message}", f"{misfit.hint} Give it with --set.".strip()
            )
        for message, hint in self._wrong_references(data):
            raise UserError(f"no file was made: {message}", hint)

    def _wrong_references(self, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for reference, allowed in self._type.annotations.references:
            for name in _strings(data, reference):
                target = self._repo.find(name)
                wanted = " or ".join(sorted(allowed))
                if target is None:
                    if not ID.fullmatch(name):
                        continue  # some fields take a word instead
                    yield f"there is no `{name}` for `{reference[0]}`", f"Name an existing {wanted or 'id'}."
                elif allowed and target.type.name not in allowed:
                    yield (
                        f"`{name}` is a {target.type.title.lower()}; `{reference[0]}` takes: {wanted}",
                        "Name another.",
                    )

    def _path(self, data: Mapping[str, Any]) -> str:
        slug = slugify(str(data["title"]))[:60].strip("-_")
        name = "-".join(filter(None, (data["id"], slug)))
        return f"{self._type.folder}/{name}{self._type.suffix}"

    def _text(self, data: Mapping[str, Any], given: Mapping[str, str]) -> str:
        fields = {field.name: field for field in self._type.fields}
        depth = "../" * (self._type.folder.count("/") + 1)
        header = ""
        for name, value in data.items():
            guessed = name in self._guessed or (isinstance(value, (list, dict)) and value)
            if WRITE_HERE in str(value) or (name not in given and guessed):
                header += f"# decide: {fields[name].description}\n"
            header += dump({name: value})
        if self._type.kind != "document":
            return f"# yaml-language-server: $schema={depth}{self._type.schema_path}\n{header}"
        sections = "".join(f"\n## {s.title}\n\n<!-- decide: {s.help} -->\n" for s in self._type.sections)
        return f"---\n{header}---\n# {data['title']}\n{sections}"


def write(root: Path, draft: Draft) -> None:
    """Write the new file; it never replaces one."""
    file = root / draft.path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(draft.text)
    except OSError as error:
        raise CannotRunError(
            f"{draft.path} could not be written: {error.strerror}", "Is there space and permission?"
        ) from error


_MADE_ON = "recorded_on"
_YES_OR_NO = {"yes": True, "no": False}


def _convert(shapes: list[Shape], text: str, name: str) -> Any:
    schema, _ = shapes[0]
    if schema.get("type") == "string" or "enum" in schema:
        return text
    kinds = {shape.get("type") for shape, _ in shapes}
    if "array" in kinds and not text.lstrip().startswith(("[", "{", "none:")):
        return [part.strip() for part in text.split(",") if part.strip()]
    if "boolean" in kinds and text.strip().lower() in _YES_OR_NO:
        return _YES_OR_NO[text.strip().lower()]
    try:
        return parse(text)
    except Refused as refused:
        raise UserError(f"`{name}`: {refused.message}", refused.hint) from refused


def _strings(data: Any, pattern: tuple[str, ...]) -> list[str]:
    from smsrepo.model.walk import values_at

    return [value for _, value in values_at(data, pattern) if isinstance(value, str)]
