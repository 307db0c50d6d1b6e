"""Schema errors in the words of whoever wrote the file. Slow: only for data that does not fit."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from smsrepo.load.schema_files import SchemaFiles, uri_of
from smsrepo.model.closest import did_you_mean
from smsrepo.model.walk import escape
from smsrepo.model.words import count


class Misfit(NamedTuple):
    """One thing that does not fit; `at_key` when the field's name is meant, not its value."""

    pointer: str
    message: str
    hint: str = ""
    at_key: bool = False


def misfits(
    files: SchemaFiles, schema_path: str, data: Any, values: Callable[[str], str | None]
) -> list[Misfit]:
    """What does not fit, each thing once, in file order of pointers.

    `values` gives the text of a scalar as it stands in the file, so that 1.10 is not shown as 1.1.
    """
    found: dict[tuple[str, str], Misfit] = {}
    try:
        errors = list(_validator(files, schema_path).iter_errors(data))
    except re.error:
        return []  # a pattern that only the fast validator understands: the caller has its words
    for misfit in _Wording(files, schema_path, values).describe(errors, data):
        found.setdefault((misfit.pointer, misfit.message), misfit)
    return _without_echoes(list(found.values()))


def _without_echoes(misfits: list[Misfit]) -> list[Misfit]:
    """A misspelt field is reported once: not again as a missing one."""
    meant = {misfit.hint for misfit in misfits if misfit.at_key}
    return [
        m
        for m in misfits
        if not (m.message.endswith(" is missing") and f"Did you mean {m.message.split()[0]}?" in meant)
    ]


@lru_cache(maxsize=4)
def _registry(files: SchemaFiles) -> Any:
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    return Registry().with_resources(
        (uri_of(path), DRAFT202012.create_resource(s)) for path, s in files.schemas.items()
    )


@lru_cache(maxsize=64)
def _validator(files: SchemaFiles, schema_path: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_is_date)
    checker.checks("date-time", raises=ValueError)(_is_moment)
    checker.checks("email")(lambda value: not isinstance(value, str) or "@" in value)
    checker.checks("uuid", raises=ValueError)(_is_uuid)
    return Draft202012Validator(
        {"$ref": uri_of(schema_path)}, registry=_registry(files), format_checker=checker
    )


def _is_date(value: object) -> bool:
    from datetime import date

    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


def _is_moment(value: object) -> bool:
    from datetime import datetime

    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


def _is_uuid(value: object) -> bool:
    from uuid import UUID

    return not isinstance(value, str) or str(UUID(value)) == value.lower()


class _Wording:
    def __init__(self, files: SchemaFiles, schema_path: str, values: Callable[[str], str | None]) -> None:
        self._files = files
        self._fields = files.fields(schema_path)[0]
        self._values = values

    def describe(self, errors: Iterable[Any], root: Any) -> Iterator[Misfit]:
        for error in errors:
            pointer = "".join(f"/{escape(str(step))}" for step in error.absolute_path)
            yield from self._one(error, pointer, root)

    def _one(self, error: Any, pointer: str, root: Any) -> Iterator[Misfit]:
        schema, instance = error.schema, error.instance
        keyword = error.validator
        name = f"`{_field(pointer)}`" if pointer else "the file"
        if keyword == "required":
            for field in error.validator_value:
                if (
                    isinstance(instance, dict)
                    and field not in instance
                    and f"{field!r} is a required" in error.message
                ):
                    yield Misfit(
                        pointer, f"`{field}` is missing", self._describe(schema, field, top=not pointer)
                    )
        elif keyword in _STRANGE:
            yield from self._unknown(error, pointer)
        elif keyword in ("oneOf", "anyOf"):
            yield from self._alternatives(error, pointer, name, root)
        elif keyword == "enum":
            yield Misfit(
                pointer,
                f"{name} must be {_any_of(error.validator_value)}, found {self._found(pointer, instance)}",
                _close(instance, error.validator_value),
            )
        elif keyword == "const":
            yield Misfit(
                pointer, f"{name} must be `{error.validator_value}`, found {self._found(pointer, instance)}"
            )
        elif keyword in ("minItems", "minProperties"):
            yield Misfit(pointer, f"{name} needs at least {count(error.validator_value, 'entry', 'entries')}")
        elif keyword == "uniqueItems":
            yield Misfit(pointer, f"{name} names something twice", "Keep each entry once.")
        else:
            yield Misfit(
                pointer,
                f"{name} must be {self._expects(schema, keyword, error)}, found {self._found(pointer, instance)}",
                self._quote_hint(pointer, schema, instance),
            )

    def _unknown(self, error: Any, pointer: str) -> Iterator[Misfit]:
        known = self._known(error.schema)
        for field in error.instance:
            if field not in known:
                free = [name for name in known if name not in error.instance]
                hint = did_you_mean(field, free, f"Fields here: {', '.join(known)}.")
                yield Misfit(
                    f"{pointer}/{escape(field)}",
                    f"`{field}` is not a field of this {'file' if not pointer else 'entry'}",
                    hint,
                    at_key=True,
                )

    def _known(self, schema: Any) -> list[str]:
        path = next((p for p, s in self._files.schemas.items() if s is schema), "")
        return list(self._files.fields(path)[0]) if path else list(schema.get("properties", ()))

    def _alternatives(self, error: Any, pointer: str, name: str, root: Any) -> Iterator[Misfit]:
        """Of several allowed shapes, explain the one whose kind of value was used."""
        branches: dict[int, list[Any]] = {}
        for part in error.context:
            branches.setdefault(part.relative_schema_path[0], []).append(part)
        fitting = [
            parts
            for parts in branches.values()
            if not any(p.validator == "type" and not p.relative_path for p in parts)
        ]
        # A map with a field that a shape does not have was not meant for it.
        meant = [parts for parts in fitting if not any(p.validator in _STRANGE for p in parts)] or fitting
        if len(meant) == 1:
            yield from self.describe(meant[0], root)
            return
        options = [self._expects(self._shape(part), "", None) for part in error.validator_value]
        yield Misfit(
            pointer,
            f"{name} must be {' or '.join(dict.fromkeys(options))}, found {self._found(pointer, error.instance)}",
        )

    def _shape(self, part: dict[str, Any]) -> dict[str, Any]:
        """An alternative with its reference followed; where that counts from, the error does not say."""
        name = part.get("$ref", "").partition("#")[0].rpartition("/")[2]
        path = next((path for path in self._files.schemas if path.endswith(f"/{name}")), "")
        reference = "#" + part.get("$ref", "").partition("#")[2]
        return self._files.follow({**part, "$ref": reference}, path)[0] if name else part

    def _describe(self, schema: Any, field: str, *, top: bool) -> str:
        """What a missing field is for; where a condition asks for it, its description stands elsewhere."""
        path = next((p for p, s in self._files.schemas.items() if s is schema), "")
        known = self._files.fields_of(path, schema)[0].get(field) or (
            self._fields.get(field) if top else None
        )
        return (str(known.schema.get("description", "")) if known else "") or "Add the field."

    def _expects(self, schema: Any, keyword: str, error: Any) -> str:
        if "x-expects" in schema:
            return str(schema["x-expects"])
        if keyword in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"):
            side = "at least" if keyword.endswith("inimum") else "at most"
            return f"{side} {error.validator_value}"
        if keyword == "format":
            return f"a valid {error.validator_value}"
        if keyword == "pattern":
            return f"of the form {error.validator_value}"
        kind = schema.get("type", "")
        if kind == "object" and schema.get("properties"):
            return _fields(schema)
        if kind == "array" and isinstance(schema.get("items"), dict):
            return f"a list{self._entry(schema['items'])}"
        return (
            _KINDS.get(kind, "of another form")
            if isinstance(kind, str)
            else " or ".join(_KINDS[k] for k in kind)
        )

    def _entry(self, items: dict[str, Any]) -> str:
        """What an entry of a list is, where that takes few words."""
        items = self._shape(items)
        if items.get("type") == "object" and items.get("properties"):
            return f" of which each entry is {_fields(items)}"
        if "enum" in items:
            return f" of {_any_of(items['enum'])}" if len(items["enum"]) <= _FEW else ""
        return f" of which each entry is {items['x-expects']}" if "x-expects" in items else ""

    def _found(self, pointer: str, instance: Any) -> str:
        if instance is None:
            return "nothing"
        if isinstance(instance, dict):
            return "a map of fields"
        if isinstance(instance, list):
            return "a list"
        written = self._values(pointer)
        shown = str(instance if written is None else written).strip().replace("\n", " ")
        return f"`{shown if len(shown) <= 60 else shown[:57] + '…'}`" if shown else "an empty text"

    def _quote_hint(self, pointer: str, schema: Any, instance: Any) -> str:
        if schema.get("type") == "string" and isinstance(instance, (int, float, bool)):
            return f'Put it in quotes: "{self._values(pointer) or instance}".'
        if isinstance(instance, str) and any(quote in instance for quote in "“”„‘’"):
            return "Replace the curly quotes by straight ones."
        known = self._fields.get(pointer[1:])
        return str((known.schema if known else schema).get("description", ""))


_STRANGE = ("unevaluatedProperties", "additionalProperties")
"""What the validator calls a field that nobody described."""

_KINDS = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list", "object": "a map of fields", "null": "empty",
}  # fmt: skip


_FEW = 8


def _fields(schema: dict[str, Any]) -> str:
    """The fields of a map: those that must be there, then the others."""
    names = list(schema["properties"])
    required = [name for name in names if name in schema.get("required", ())]
    others = [name for name in names if name not in required]
    if not required or not others:
        return f"a map with {_some(names)}"
    return f"a map with {_some(required)} (if wanted also {_some(others)})"


def _some(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:_FEW]) + (", …" if len(names) > _FEW else "")


def _field(pointer: str) -> str:
    """How people name a place: the last field name, with the entry's number for lists."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    names = [step for step in steps if not step.isdigit()]
    if steps and steps[-1].isdigit():
        return f"{names[-1] if names else 'list'}[{int(steps[-1]) + 1}]"
    return names[-1] if names else pointer


def _any_of(values: list[Any]) -> str:
    shown = [f"`{value}`" for value in values]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _close(instance: Any, values: list[Any]) -> str:
    return did_you_mean(str(instance), map(str, values))
