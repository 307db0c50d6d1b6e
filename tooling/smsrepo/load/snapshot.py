"""Everything together: a Source becomes one frozen Repo."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from smsrepo.load import parallel, text
from smsrepo.load.parse import Parsed, parse_file
from smsrepo.load.positions import locate, of_file
from smsrepo.load.refusal import Refused
from smsrepo.load.schema_files import ENDING
from smsrepo.load.schemas import Schemas, schemas_of
from smsrepo.load.source import APPROVALS, File, Source, known_paths
from smsrepo.load.wording import misfits
from smsrepo.model.artefact import Artefact, Heading, Link, Mark, Setting
from smsrepo.model.artefact_type import SettingType
from smsrepo.model.finding import Flaw
from smsrepo.model.ids import ID
from smsrepo.model.links import leads_out, link_path
from smsrepo.model.repo import Repo
from smsrepo.model.walk import escape

_TAKEN = File("", b"")


def load(source: Source) -> Repo:
    """The snapshot of a source. What cannot be read becomes flaws; raises only where git or the disk fail."""
    return load_with_schemas(source)[0]


def load_with_schemas(source: Source) -> tuple[Repo, Schemas]:
    """The snapshot, and the schema registry for whoever makes files."""
    with _without_gc():
        loader = _Loader(source)
        return loader.load(), loader.schemas


def is_schema(path: str) -> bool:
    """Whether a path is a schema file."""
    return path.startswith("schemas/") and path.endswith(ENDING)


@contextmanager
def _without_gc() -> Iterator[None]:
    """Nothing that is loaded becomes garbage: looking for it costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Loader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._flaws: dict[str, list[Flaw]] = {}
        self._broken: set[tuple[str, str]] = set()
        self._artefacts: list[Artefact] = []
        self._settings: dict[str, Setting] = {}

    def load(self) -> Repo:
        files = self._source.files()
        self.schemas = self._read_schemas(files)
        for flaw in self.schemas.flaws:
            self._flaw("broken-schema", flaw)
        self._broken.update((name, "") for name in self.schemas.broken)
        for file in files:
            if file.problem:
                self._refuse(file.path, f"this file is {file.problem}", "Put a plain file in its place.")
        known = known_paths(file.path for file in files)
        content = [f for f in files if not f.problem and _is_content(f.path)]
        del files  # the bytes of a file are let go as soon as its text is taken
        for index, parsed in enumerate(parallel.map_shared(_parsed, content)):
            self._take(content[index], Parsed(*parsed))
            content[index] = _TAKEN
        self._miss_settings()
        return Repo(
            types=self.schemas.types,
            setting_types=self.schemas.settings,
            artefacts=tuple(self._artefacts),
            settings=self._settings,
            paths=known | self._linked_paths(known),
            flaws={rule: tuple(flaws) for rule, flaws in self._flaws.items()},
            broken=frozenset(self._broken),
            schemas=self.schemas.files.schemas,
        )

    def _read_schemas(self, files: Sequence[File]) -> Schemas:
        texts, unreadable = [], []
        for file in files:
            if is_schema(file.path) and not file.problem:
                try:
                    texts.append((file.path, text.decode(file.raw)))
                except Refused as refused:
                    place = (refused.line, refused.column)
                    self._flaw("unreadable-file", Flaw(file.path, refused.message, refused.hint, "", *place))
                    unreadable.append(file.path)
        return schemas_of(tuple(texts), tuple(unreadable))

    def _take(self, file: File, parsed: Parsed) -> None:
        if parsed.refusal:
            self._refuse(file.path, *parsed.refusal)
        elif setting := self.schemas.setting_type(file.path):
            self._take_setting(file, parsed, setting)
        else:
            self._take_artefact(file, parsed)

    def _take_setting(self, file: File, parsed: Parsed, type_: SettingType) -> None:
        content = file.raw.decode()
        fits = self._judge(file.path, content, parsed.data, type_.schema_path)
        if not fits:
            self._broken.add((type_.name, ""))
        found = tuple(Mark(*mark) for mark in parsed.marks)
        self._settings[file.path] = Setting(file.path, parsed.data, content, fits, found)

    def _take_artefact(self, file: File, parsed: Parsed) -> None:
        content = file.raw.decode()
        name = parsed.data.get("type")
        type_ = self.schemas.types.get(name) if isinstance(name, str) else None
        if type_ is None:
            self._unknown_type(file.path, content, name)
            return
        fits = self._judge(file.path, content, parsed.data, type_.schema_path)
        if not fits:
            self._broken.add((type_.name, _id_in_name(file.path)))
        self._artefacts.append(
            Artefact(
                file.path,
                type_,
                parsed.data,
                content,
                fits,
                tuple(Heading(*heading) for heading in parsed.headings),
                tuple(Link(*link) for link in parsed.links),
                tuple(Mark(*mark) for mark in parsed.marks),
            )
        )

    def _judge(self, path: str, content: str, data: Any, schema_path: str) -> bool:
        if self.schemas.validator(schema_path).is_valid(data):
            return True
        places = of_file(path, content)
        found = misfits(
            self.schemas.files, schema_path, data, lambda p: places[p].written if p in places else None
        )
        for misfit in found:
            self._flaw(
                "schema-violated",
                Flaw(path, misfit.message, misfit.hint, misfit.pointer, at_key=misfit.at_key),
            )
        if not found:
            error = next(iter(self.schemas.validator(schema_path).iter_errors(data)))
            pointer = "".join(f"/{escape(str(step))}" for step in error.instance_path)
            self._flaw("schema-violated", Flaw(path, str(error.message), pointer=pointer))
        return False

    def _unknown_type(self, path: str, content: str, name: object) -> None:
        if isinstance(name, str) and name in self.schemas.broken:
            self._broken.add((name, _id_in_name(path)))
            return  # its schema is already reported
        expected = self._hold(path)
        if name is None and not expected and self.schemas.broken:
            return  # a settings file, most likely, whose schema is already reported
        hint = (
            f"Files here have `type: {' or '.join(expected)}`."
            if expected
            else "sms new --list shows the types."
        )
        if name is None:
            self._flaw("unknown-type", Flaw(path, "`type` is missing", hint, line=1, column=1))
        else:
            line, column = locate(path, content, "/type")
            self._flaw("unknown-type", Flaw(path, f"there is no type `{name}`", hint, "/type", line, column))

    def _hold(self, path: str) -> list[str]:
        """Count a file as a broken one of every type it could have; the names of those types."""
        setting = self.schemas.setting_type(path)
        id_ = _id_in_name(path)
        types = self.schemas.by_folder.get(path.rpartition("/")[0], [])
        fitting = [t.name for t in types if id_.startswith(f"{t.prefix}-")] or [t.name for t in types]
        names = [setting.name] if setting else fitting
        self._broken.update((name, id_) for name in names or [""])
        return names

    def _refuse(self, path: str, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        self._hold(path)
        self._flaw("unreadable-file", Flaw(path, message, hint, line=line, column=column))

    def _miss_settings(self) -> None:
        """A settings file that is not there counts as broken: rules that read it wait."""
        for type_ in self.schemas.settings:
            if type_.optional:
                continue
            if "*" in type_.file:
                there = any(self.schemas.setting_type(path) is type_ for path in self._settings)
            else:
                there = type_.file in self._settings
            if not there and (type_.name, "") not in self._broken:
                self._broken.add((type_.name, ""))
                hint = "Bring it back from the repository's history; every SMS has one."
                self._flaw(
                    "missing-settings",
                    Flaw(
                        type_.schema_path,
                        f"the settings file {type_.file} is missing",
                        hint,
                        line=1,
                        column=1,
                    ),
                )

    def _flaw(self, rule: str, flaw: Flaw) -> None:
        self._flaws.setdefault(rule, []).append(flaw)

    def _linked_paths(self, known: frozenset[str]) -> frozenset[str]:
        """Targets of links that lie outside the content folders and exist."""
        outside = set()
        for artefact in self._artefacts:
            for link in artefact.links:
                path = link_path(artefact.path, link.target)
                if path and path not in known and not leads_out(path) and self._source.exists(path):
                    outside.add(path)
        return frozenset(outside)


def _parsed(file: File) -> tuple[Any, ...]:
    """A parsed file as plain tuples all the way down, as marshal needs it."""
    data, headings, links, marks, refusal = parse_file(file.path, file.raw)
    return data, list(map(tuple, headings)), list(map(tuple, links)), list(map(tuple, marks)), refusal


def _is_content(path: str) -> bool:
    name = path.rpartition("/")[2]
    if path.startswith(("schemas/", APPROVALS)) or name == "README.md":
        return False
    return name.endswith((".md", ".yml", ".yaml"))


def _id_in_name(path: str) -> str:
    found = ID.match(path.rpartition("/")[2])
    return found[0] if found else ""
