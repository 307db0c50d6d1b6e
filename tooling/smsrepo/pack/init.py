"""A new repository: rendered completely beside its place, checked, committed, then moved there in one step."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from smsrepo import __version__
from smsrepo.check import catalogue, engine
from smsrepo.control.settings import ORGANISATION, Settings
from smsrepo.errors import CannotRunError, UserError
from smsrepo.git import door
from smsrepo.git.commits import Commit, write_history
from smsrepo.load.history import GENESIS
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.load.yaml_dialect import parse
from smsrepo.model.finding import Severity
from smsrepo.model.repo import Repo
from smsrepo.pack import codeowners, editor, past
from smsrepo.pack.answers import Answers, as_mapping
from smsrepo.pack.contents import pack_files, pack_root
from smsrepo.pack.draft import as_draft, is_controlled, reopen, without
from smsrepo.pack.settings_files import settings_files
from smsrepo.pack.story import read_story
from smsrepo.pack.wheel import write_wheel

MANIFEST = ".sms/manifest.json"
_TEMPLATES = {
    "README.md": "README.md.j2",
    "Makefile": "Makefile.j2",
    ".github/workflows/due.yml": "due.yml.j2",
    ".github/workflows/gate.yml": "gate.yml.j2",
    ".github/workflows/pages.yml": "pages.yml.j2",
    ".github/workflows/record.yml": "record.yml.j2",
    ".github/workflows/sms.yml": "sms.yml.j2",
    ".gitignore": "gitignore.j2",
    ".gitattributes": "gitattributes.j2",
    ".vscode/extensions.json": "extensions.json.j2",
    "tooling/ci/gitlab.yml": "gitlab.yml.j2",
    "tooling/hooks/pre-receive": "pre-receive.j2",
    "tooling/requirements.txt": "requirements.txt.j2",
}
_MANAGED = (
    ".github/workflows/",
    ".gitattributes",
    ".vscode/",
    "Makefile",
    "schemas/",
    "sms/requirements/",
    "tooling/",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: counts for the closing words."""

    documents: int
    decisions: int


def make_repository(
    target: Path, answers: Answers, *, example: bool, commit: bool, today: date, with_history: bool = False
) -> Made:
    """Make an SMS repository at `target`; nothing is left there if anything fails. Raises UserError.

    The example is under document control: with its history (which asks for `example` and `commit`), or taken over as
    it stands on the day it stands still.
    """
    refuse_used(target)
    made_parents = _make_parents(target)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        _build(workshop, answers, example=example, today=today)
        begun = _begin(workshop, today) if example and not with_history else None
        history = _past(workshop) if with_history else []
        made = _checked(workshop, today)
        if history:
            write_history(workshop, history)
        elif commit:
            message = _commit_message(Settings(load(WorktreeSource(workshop))).organisation)
            door.first_commit(workshop, message, answers.owner, answers.owner_email, begun)
        _move(workshop, target)
    except BaseException as error:
        shutil.rmtree(workshop, ignore_errors=True)
        for parent in made_parents:
            with contextlib.suppress(OSError):  # somebody else may use it by now
                parent.rmdir()
        if isinstance(error, OSError):
            hint = "Nothing was left there. Is there space and permission?"
            raise CannotRunError(f"{target} could not be written: {error.strerror}", hint) from error
        raise
    return made


def _make_parents(target: Path) -> list[Path]:
    """The folders above the target that had to be made, innermost first."""
    missing = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    return missing


def _move(workshop: Path, target: Path) -> None:
    """Move the finished repository into its place in one step.

    An empty folder that is there keeps its identity, for somebody may stand in it: then its content is moved in.
    """
    if not target.exists():
        umask = os.umask(0)
        os.umask(umask)
        workshop.chmod(
            0o777 & ~umask
        )  # a temporary folder is private; a repository is as private as the user wants
        workshop.rename(target)
        return
    moved: list[Path] = []
    try:
        for item in sorted(workshop.iterdir()):
            moved.append(item.rename(target / item.name))  # noqa: PERF401 - what was moved must be known if one fails
    except OSError:
        for item in moved:
            item.rename(workshop / item.name)
        raise
    workshop.rmdir()


def refuse_used(target: Path) -> None:
    """Raise UserError unless the target is free: not there, or an empty folder."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UserError(f"{target} is not a folder", "Name a new folder.")
    if target.is_dir() and any(target.iterdir()):
        raise UserError(f"{target} is not empty", "Name a new folder; sms init never writes into a used one.")


def _build(root: Path, answers: Answers, *, example: bool, today: date) -> None:
    for path, content in _pack(answers, example=example, today=today):
        _write(root, path, content)
    wheels = root / "tooling" / "wheels"
    wheels.mkdir(parents=True)
    wheel = write_wheel(wheels)
    repo = load(WorktreeSource(root))
    for path, text in _rendered(repo, wheel.name, example=example, today=today):
        _write(root, path, text.encode())
    _write(root, MANIFEST, _manifest(root, answers, example=example))


def _checked(root: Path, today: date) -> Made:
    repo = load(WorktreeSource(root))
    report = engine.run(repo, catalogue.built_in().values(), today)
    if report.count(Severity.ERROR):
        first = report.findings[0]
        raise UserError(
            f"the new repository would not pass its own check: {first.path}:{first.line}: {first.message}",
            "Nothing was written. If an answer caused it, change the answer; otherwise please report it.",
        )
    documents = sum(not artefact.type.is_record for artefact in repo.artefacts)
    decisions = sum(len(questions) for _, _, questions in repo.decisions())
    return Made(documents, decisions)


def _begin(root: Path, today: date) -> datetime:
    """Take over what is there into document control; gives the moment at which that was."""
    day = Settings(load(WorktreeSource(root))).standing_still_at or today
    _write(root, GENESIS, past.genesis(_files(root), read_story().taken_over, day))
    return datetime.combine(day, time(8), UTC)


def _past(root: Path) -> list[Commit]:
    """The history that leads to the files that are there; what only a past has, genesis and statements, is added."""
    files = _files(root)
    history = past.commits(read_story(), files)
    for commit in history:
        for path in commit.files.keys() - files.keys():
            _write(root, path, commit.files[path])
    return history


def _files(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()
    }


def _pack(answers: Answers, *, example: bool, today: date) -> Iterator[tuple[str, bytes]]:
    """The pack's files; without demonstration data every document as a draft, and settings from the answers.

    Nothing is exempt in a new repository: there the tooling is not the product's source but policy.
    """
    summary = f"First draft, from the document pack of smsrepo {__version__}."
    for path in pack_files(example=example):
        content = (pack_root() / path).read_bytes()
        if not example and path.endswith((".md", ".yml")) and is_controlled(content):
            content = as_draft(content.decode(), summary).encode()
        elif path == ORGANISATION:
            content = without(content.decode(), "exempt").encode()
        elif not example and path.startswith("sms/") and path.endswith(".yml"):
            content = reopen(content.decode()).encode()
        yield path, content
    if not example:
        roles = [
            role["id"] for role in parse((pack_root() / "sms/roles.yml").read_text(encoding="utf-8"))["roles"]
        ]
        for path, text in settings_files(answers, roles, today).items():
            yield path, text.encode()


def _rendered(repo: Repo, wheel: str, *, example: bool, today: date) -> Iterator[tuple[str, str]]:
    import jinja2

    folder = Path(__file__).parent / "templates"
    # Nothing here is HTML, and escaping would spoil names in Markdown.
    environment = jinja2.Environment(  # noqa: S701
        loader=jinja2.FileSystemLoader(folder), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    values = {
        "organisation": Settings(repo).organisation,
        "version": __version__,
        "wheel": wheel,
        "example": example,
    }
    for path, template in _TEMPLATES.items():
        yield path, environment.get_template(template).render(values)
    yield ".github/CODEOWNERS", codeowners.render(repo, today)
    yield ".vscode/settings.json", editor.vscode_settings(repo.types, repo.setting_types)


def _manifest(root: Path, answers: Answers, *, example: bool) -> bytes:
    files = {}
    for file in sorted(root.rglob("*")):
        if file.is_file():
            path = file.relative_to(root).as_posix()
            ownership = "managed" if path.startswith(_MANAGED) else "seeded"
            files[path] = {
                "ownership": ownership,
                "digest": f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}",
            }
    data = {
        "generator": f"smsrepo {__version__}",
        "example": example,
        "answers": as_mapping(answers),
        "files": files,
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _write(root: Path, path: str, content: bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _commit_message(organisation: str) -> str:
    return f"Start the service management system of {organisation}\n\nGenerated by smsrepo {__version__}.\n"
