"""From a reviewed schema file to the type it describes."""

from typing import Any

from smsrepo.load.annotations import annotations_of
from smsrepo.load.schema_files import ENDING, SchemaFiles
from smsrepo.model.artefact_type import (
    ArtefactType,
    Condition,
    Every,
    Evidence,
    Field,
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
    codes, optional = tuple(sms.get("codes", ())), sms.get("optional", False)
    return SettingType(type_name(path), sms["file"], path, codes, annotations, optional)


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
        sections=tuple(SectionContract(**_frozen(section)) for section in sms.get("sections", ())),
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
    where = (Condition(field, **_frozen(condition)) for field, condition in entry["where"].items())
    return Evidence(tuple(entry["requirements"]), tuple(where))


def _frozen(data: dict[str, Any]) -> dict[str, Any]:
    """The same, with tuples for lists."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _fields(files: SchemaFiles, path: str) -> tuple[Field, ...]:
    properties, required = files.fields(path)
    return tuple(
        Field(name, str(schema.get("description", "")), schema, base, name in required)
        for name, (schema, base) in properties.items()
    )
