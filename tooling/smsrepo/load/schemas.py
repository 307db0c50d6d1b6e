"""Types from schema files: the registry of what artefacts and settings exist and how they are judged."""

import fnmatch
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs

from smsrepo.load.annotations import annotations_of, strange_keywords
from smsrepo.load.schema_files import ENDING, SchemaFiles, uri_of
from smsrepo.load.text import place
from smsrepo.model.artefact_type import ArtefactType, Every, Field, Required, SectionContract, SettingType
from smsrepo.model.finding import Flaw

ANNOTATIONS_SCHEMA = "schemas/common/x-sms.schema.json"


class Schemas:
    """All types of a repository, with a validator for each; broken schema files end up in `flaws`."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.flaws: list[Flaw] = []
        self.broken: set[str] = set()
        self._files = SchemaFiles(dict(self._read(texts)))
        self.types: dict[str, ArtefactType] = {}
        settings: list[SettingType] = []
        for path, schema in self._files.schemas.items():
            flaws = list(self._meta_flaws(path, schema))
            if flaws:
                self.flaws += flaws
                self.broken.add(_name(path))
            elif "x-sms" not in schema:
                continue
            elif schema["x-sms"]["kind"] == "setting":
                settings.append(self._setting_type(path, schema))
            elif _name(path) in self.types:
                self.flaws.append(
                    Flaw(
                        path,
                        f"the type `{_name(path)}` has two schemas",
                        "Rename one of the files.",
                        line=1,
                        column=1,
                    )
                )
            else:
                self.types[_name(path)] = self._artefact_type(path, schema)
        self.settings = tuple(settings)
        self.flaws += self._unknown_types()

    def validator(self, schema_path: str) -> Any:
        """The fast validator of a schema file: is_valid(data)."""
        found = self._validators.get(schema_path)
        if found is None:
            found = self._validators[schema_path] = jsonschema_rs.Draft202012Validator(
                {"$ref": uri_of(schema_path)}, registry=self._registry, validate_formats=True, offline=True
            )
        return found

    @property
    def files(self) -> SchemaFiles:
        """The schema files, for whoever follows references in them."""
        return self._files

    def setting_type(self, path: str) -> SettingType | None:
        """The settings type whose file pattern fits a path."""
        return next((s for s in self.settings if fnmatch.fnmatchcase(path, s.file)), None)

    @cached_property
    def by_folder(self) -> Mapping[str, list[ArtefactType]]:
        """Types by the folder their files live in."""
        folders: dict[str, list[ArtefactType]] = {}
        for type_ in self.types.values():
            folders.setdefault(type_.folder, []).append(type_)
        return folders

    @cached_property
    def _validators(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _registry(self) -> Any:
        schemas = self._files.schemas.items()
        whole = [
            (uri_of(path), schema) for path, schema in schemas if not any(self._files.dead_references(path))
        ]
        return jsonschema_rs.Registry(whole)

    def _read(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, text in texts:
            try:
                schema = json.loads(text)
            except (json.JSONDecodeError, RecursionError) as error:
                at = getattr(error, "pos", 0)
                line, column = place(text, at)
                self.flaws.append(
                    Flaw(
                        path,
                        f"this is not JSON: {getattr(error, 'msg', 'nested too deep')}",
                        line=line,
                        column=column,
                    )
                )
                self.broken.add(_name(path))
                continue
            if isinstance(schema, dict):
                yield path, schema
            else:
                self.flaws.append(Flaw(path, "a schema is a JSON object", line=1, column=1))
                self.broken.add(_name(path))

    def _meta_flaws(self, path: str, schema: dict[str, Any]) -> Iterator[Flaw]:
        dead = list(self._files.dead_references(path))
        for reference in dead:
            yield Flaw(path, f"the reference `{reference}` leads nowhere", "Correct it.", line=1, column=1)
        if dead:
            return
        error: Any = None
        try:
            jsonschema_rs.meta.validate(schema)
            if "x-sms" in schema and ANNOTATIONS_SCHEMA in self._files.schemas:
                error = next(self.validator(ANNOTATIONS_SCHEMA).iter_errors(schema), None)
                if error is None:
                    self.validator(path)  # compiles it, so that broken references show
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as problem:
            error = problem
        if error is not None:
            where = "/".join(str(step) for step in getattr(error, "instance_path", ()))
            message = str(getattr(error, "message", "") or error).splitlines()[0]
            yield Flaw(
                path, f"not a usable schema{f' at {where}' if where else ''}: {message}", line=1, column=1
            )
            return
        for keyword in strange_keywords(schema):
            yield Flaw(
                path,
                f"`{keyword}` is no annotation smsrepo knows",
                "See schemas/common/x-sms.schema.json.",
                line=1,
                column=1,
            )
        if "x-sms" in schema and schema["x-sms"]["kind"] != "setting":
            yield from self._wrong_fields(path, schema)

    def _wrong_fields(self, path: str, schema: dict[str, Any]) -> Iterator[Flaw]:
        """Annotations that name fields the type does not have."""
        known = {field.name for field in self._fields(path)}
        required = schema["x-sms"].get("required")
        every = schema.get("x-every", {})
        named = [name for chain in schema.get("x-order", ()) for name in chain]
        named += [every["date"]] if every else []
        named += [owner["by"] for owner in (required, every) if isinstance(owner, dict) and "by" in owner]
        for name in named:
            if name not in known:
                yield Flaw(
                    path,
                    f"an annotation names the field `{name}`, which the type does not have",
                    line=1,
                    column=1,
                )

    def _unknown_types(self) -> Iterator[Flaw]:
        """Annotations that name a type without schema: they would check nothing."""
        for type_ in self.types.values():
            named = {name for _, allowed in type_.annotations.references for name in allowed}
            named |= {owner.per for owner in (type_.required, type_.every) if owner and owner.per}
            for name in sorted(named - self.types.keys() - self.broken):
                message = f"an annotation names the type `{name}`, which has no schema"
                yield Flaw(
                    type_.schema_path, message, "Correct the name, or add the schema.", line=1, column=1
                )

    def _setting_type(self, path: str, schema: dict[str, Any]) -> SettingType:
        annotations = annotations_of(self._files, path)
        return SettingType(
            _name(path), schema["x-sms"]["file"], path, tuple(schema["x-sms"].get("codes", ())), annotations
        )

    def _fields(self, path: str) -> tuple[Field, ...]:
        properties, required = self._files.fields(path)
        return tuple(
            Field(name, str(schema.get("description", "")), schema, base, name in required)
            for name, (schema, base) in properties.items()
        )

    def _artefact_type(self, path: str, schema: dict[str, Any]) -> ArtefactType:
        sms = schema["x-sms"]
        required = sms.get("required")
        every = schema.get("x-every")
        return ArtefactType(
            name=_name(path),
            title=schema["title"],
            plural=sms["plural"],
            description=schema["description"],
            code=sms["code"],
            kind=sms["kind"],
            prefix=sms["prefix"],
            folder=sms["folder"],
            schema_path=path,
            required=Required(required)
            if isinstance(required, str)
            else Required("per", **required)
            if required
            else None,
            requirements=tuple(sms.get("requirements", ())),
            sections=tuple(
                SectionContract(**{**s, "requirements": tuple(s.get("requirements", ()))})
                for s in sms.get("sections", ())
            ),
            fields=self._fields(path),
            annotations=annotations_of(self._files, path),
            order=tuple(tuple(chain) for chain in schema.get("x-order", ())),
            closed=frozenset(schema.get("x-closed", ())),
            active=frozenset(schema.get("x-active", ())),
            every=Every(**{**every, "requirements": tuple(every.get("requirements", ()))}) if every else None,
        )


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(ENDING)
