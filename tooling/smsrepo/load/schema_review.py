"""What is wrong with a schema file: as JSON Schema, in its annotations, in the names it uses."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import jsonschema_rs

from smsrepo.load.annotations import strange_keywords
from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.shared_sections import PARTS, unknown_sections
from smsrepo.load.validators import Validators
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.finding import Flaw

ANNOTATIONS_SCHEMA = "schemas/common/x-sms.schema.json"


def flaw(path: str, message: str, hint: str = "") -> Flaw:
    """A flaw of a schema file as a whole."""
    return Flaw(path, message, hint, line=1, column=1)


def review(files: SchemaFiles, validators: Validators, path: str) -> list[Flaw]:
    """The flaws of one schema file; the first kind that is found is enough."""
    dead = [
        flaw(path, f"the reference `{name}` leads nowhere", "Correct it.")
        for name in files.dead_references(path)
    ]
    if dead:
        return dead
    strange = list(_strange(files.schemas[path], path))
    if strange or path not in validators.usable:
        return strange  # without a flaw of its own it rests on a file that has one
    unusable = _unusable(files, validators, path)
    if unusable:
        return [flaw(path, f"not a usable schema: {unusable}")]
    return [*_wrong_fields(files, path), *_wrong_sections(files, path)]


def unknown_types(types: Mapping[str, ArtefactType], broken: Collection[str]) -> Iterator[tuple[str, Flaw]]:
    """Types that annotations name and that have no schema, each told once: the annotations would check nothing."""
    told = {*types, *broken}
    for type_ in types.values():
        named = {name for _, allowed in type_.annotations.references for name in allowed}
        named |= {owner.per for owner in (type_.required, type_.every) if owner and owner.per}
        for name in sorted(named - told):
            told.add(name)
            message = f"an annotation names the type `{name}`, which has no schema"
            hint = "Bring the schema back from the repository's history, or correct the name here."
            yield name, flaw(type_.schema_path, message, hint)


def _unusable(files: SchemaFiles, validators: Validators, path: str) -> str:
    """Why a schema cannot be used; empty when it can."""
    schema = files.schemas[path]
    try:
        jsonschema_rs.meta.validate(schema)
        error = (
            next(validators.of(ANNOTATIONS_SCHEMA).iter_errors(schema), None)
            if "x-sms" in schema or "x-sections" in schema
            else None
        )
        if error is None:
            validators.of(path)
            return ""
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as problem:
        error = problem
    where = "/".join(str(step) for step in getattr(error, "instance_path", ()))
    message = str(getattr(error, "message", "") or error).splitlines()[0]
    return f"{where}: {message}" if where else message


def _strange(schema: Any, path: str) -> Iterator[Flaw]:
    for problem in strange_keywords(schema):
        yield flaw(path, problem, f"See {ANNOTATIONS_SCHEMA}.")


def _wrong_fields(files: SchemaFiles, path: str) -> Iterator[Flaw]:
    """Annotations that name fields the type does not have."""
    schema = files.schemas[path]
    if schema.get("x-sms", {}).get("kind", "setting") == "setting":
        return
    every = schema.get("x-every", {})
    owners = [owner for owner in (schema["x-sms"].get("required"), every) if isinstance(owner, dict)]
    named = [name for chain in schema.get("x-order", ()) for name in chain]
    named += [owner[key] for owner in owners for key in ("by", "date") if key in owner]
    entries = [*schema["x-sms"].get("evidence", ()), *schema["x-sms"].get("also", ())]
    named += [name for entry in entries for name in entry.get("where", {})]
    for name in named:
        if name not in files.fields(path)[0]:
            yield flaw(path, f"an annotation names the field `{name}`, which the type does not have")


def _wrong_sections(files: SchemaFiles, path: str) -> Iterator[Flaw]:
    """Shared sections that stand where nobody looks for them, or that nobody describes."""
    if path != PARTS and "x-sections" in files.schemas[path]:
        yield flaw(path, "`x-sections` stands in the wrong file", f"Shared sections stand in {PARTS}.")
    for name in unknown_sections(files, path):
        message = f"there is no shared section `{name}`"
        yield flaw(path, message, f"See {PARTS}, or write id, title and help here.")
