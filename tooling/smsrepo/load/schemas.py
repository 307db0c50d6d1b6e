"""The registry of types: what artefacts and settings exist and how their data is judged."""

import fnmatch
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.schema_review import ANNOTATIONS_SCHEMA, flaw, review, unknown_types
from smsrepo.load.shared_sections import PARTS, uses_shared
from smsrepo.load.text import place
from smsrepo.load.types_of_schemas import artefact_type, setting_type, type_name
from smsrepo.load.validators import Validators
from smsrepo.model.artefact_type import ArtefactType, SettingType
from smsrepo.model.finding import Flaw

_DEEPEST = 40


class Schemas:
    """All types of a repository. Schema files that cannot be used are in `flaws`, their types in `broken`."""

    def __init__(self, texts: Iterable[tuple[str, str]], unreadable: Iterable[str] = ()) -> None:
        self.flaws: list[Flaw] = []
        self.broken = {type_name(path) for path in unreadable}
        self.types: dict[str, ArtefactType] = {}
        self._settings: list[SettingType] = []
        self.files = SchemaFiles(dict(self._read(texts)))
        self._validators = Validators(self.files)
        if ANNOTATIONS_SCHEMA in self._validators.usable:
            for path in sorted(self.files.schemas, key=lambda path: path != PARTS):
                self._take(path)
            for name, found in list(unknown_types(self.types, self.broken)):
                self.flaws.append(found)
                self.broken.add(name)
        else:
            message = "the schema of the annotations is missing, so no type can be read"
            self._refuse(flaw(ANNOTATIONS_SCHEMA, message, "Bring it back from the repository's history."))
            self.broken.update(type_name(path) for path in self.files.schemas)

    @cached_property
    def settings(self) -> tuple[SettingType, ...]:
        """The settings files that exist; where two patterns fit a path, the one that says more comes first."""
        return tuple(sorted(self._settings, key=lambda setting: -len(setting.file)))

    def validator(self, schema_path: str) -> Any:
        """The fast validator of a schema file, with is_valid(data) and iter_errors(data)."""
        return self._validators.of(schema_path)

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

    def _read(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, text in texts:
            try:
                schema = json.loads(text)
            except json.JSONDecodeError as error:
                self._refuse(Flaw(path, f"this is not JSON: {error.msg}", "", "", *place(text, error.pos)))
            except (RecursionError, ValueError):
                self._refuse(flaw(path, "this is not JSON that can be read: too deep, or a number too long"))
            else:
                if not isinstance(schema, dict):
                    self._refuse(flaw(path, "a schema is a JSON object"))
                elif _depth(schema) > _DEEPEST:
                    self._refuse(flaw(path, f"nested deeper than {_DEEPEST} levels"))
                else:
                    yield path, schema

    def _take(self, path: str) -> None:
        if type_name(PARTS) in self.broken and uses_shared(self.files.schemas[path]):
            self.broken.add(type_name(path))
            return  # what is wrong is told there
        flaws = review(self.files, self._validators, path)
        sms = self.files.schemas[path].get("x-sms")
        if flaws or path not in self._validators.usable:
            self.broken.add(type_name(path))
            self.flaws += flaws
        elif sms and sms["kind"] == "setting":
            self._settings.append(setting_type(self.files, path))
        elif sms and type_name(path) in self.types:
            message = f"the type `{type_name(path)}` has two schemas"
            self.flaws.append(flaw(path, message, "Rename one of the files."))
        elif sms:
            self.types[type_name(path)] = artefact_type(self.files, path)

    def _refuse(self, found: Flaw) -> None:
        self.flaws.append(found)
        self.broken.add(type_name(found.path))


@lru_cache(maxsize=8)
def schemas_of(texts: tuple[tuple[str, str], ...], unreadable: tuple[str, ...] = ()) -> Schemas:
    """The types of these schema files. Whoever loads several states of a repository reads them once."""
    return Schemas(texts, unreadable)


def _depth(data: Any) -> int:
    """How deep maps and lists are nested, level by level: recursion could be what a bad file is after."""
    level, depth = [data], 0
    while level:
        depth += 1
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [item for items in inner for item in items if isinstance(item, (dict, list))]
    return depth
