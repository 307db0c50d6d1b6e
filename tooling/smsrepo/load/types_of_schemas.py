"""From a reviewed schema file to the type it describes."""

from typing import Any

from smsrepo.load.annotations import annotations_of
from smsrepo.load.schema_files import ENDING, SchemaFiles
from smsrepo.load.shared_sections import sections_of
from smsrepo.model.artefact_type import (
    ArtefactType,
    Condition,
    Every,
    Evidence,
    Field,
    FurtherKind,
    Required,
    SectionContract,
    SettingType,
)


def type_name(path: str) -> str:
    """The name of the type a schema file describes."""
    return path.rpartition("/")[2].removesuffix(ENDING)


def setting_type(files: SchemaFiles, path: str) -> SettingType:
    """The settings file that a schema describes."""
    sms = files.schemas[path]["x-sms"]
    annotations = annotations_of(files, path)
    return SettingType(
        name=type_name(path),
        file=sms["file"],
        schema_path=path,
        codes=tuple(sms.get("codes", ())),
        annotations=annotations,
        optional=sms.get("optional", False),
    )


def artefact_type(files: SchemaFiles, path: str) -> ArtefactType:
    """The artefact type that a schema describes."""
    schema = files.schemas[path]
    sms = schema["x-sms"]
    every = schema.get("x-every")
    return ArtefactType(
        name=type_name(path),
        title=schema["title"],
        plural=sms["plural"],
        description=schema["description"],
        code=sms["code"],
        kind=sms["kind"],
        prefix=sms["prefix"],
        folder=sms["folder"],
        schema_path=path,
        required=_required(sms.get("required")),
        requirements=tuple(sms.get("requirements", ())),
        evidence=tuple(_evidence(entry) for entry in sms.get("evidence", ())),
        also=tuple(FurtherKind(entry["code"], _where(entry)) for entry in sms.get("also", ())),
        sections=tuple(SectionContract(**_frozen(s)) for s in sections_of(files, sms)),
        fields=_fields(files, path),
        annotations=annotations_of(files, path),
        order=tuple(tuple(chain) for chain in schema.get("x-order", ())),
        closed=frozenset(schema.get("x-closed", ())),
        active=frozenset(schema.get("x-active", ())),
        every=Every(**_frozen(every)) if every else None,
    )


def _required(value: str | dict[str, str] | None) -> Required | None:
    if value is None:
        return None
    return Required(value) if isinstance(value, str) else Required("per", **value)


def _evidence(entry: dict[str, Any]) -> Evidence:
    return Evidence(tuple(entry["requirements"]), _where(entry))


def _where(entry: dict[str, Any]) -> tuple[Condition, ...]:
    found = entry.get("where", {}).items()
    return tuple(Condition(field, **_frozen(condition)) for field, condition in found)


def _frozen(data: dict[str, Any]) -> dict[str, Any]:
    """The same, with tuples for lists."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _fields(files: SchemaFiles, path: str) -> tuple[Field, ...]:
    properties, required = files.fields(path)
    return tuple(
        Field(name, str(schema.get("description", "")), schema, base, name in required)
        for name, (schema, base) in properties.items()
    )
