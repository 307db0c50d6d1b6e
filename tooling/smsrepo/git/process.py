"""Runs git: in a repository, to ask for its names, or beside it, where none of its settings has a say."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from smsrepo.errors import CannotRunError

# Nothing is fetched on the way, nobody is asked, and no object stands in for another. Paths are no patterns.
FIXED = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
# A commit graph is a file of claims about commits; we want the commits.
_ALONE_SETTINGS = ("-c", "core.commitGraph=false", "-c", "core.deltaBaseCacheLimit=256m")
# Inside a pre-receive hook the pushed objects are in a store of their own.
_QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_COPY = 1 << 16


class Reading(NamedTuple):
    """One git command that reads objects of a repository without reading its configuration.

    It runs in an empty bare repository of our own that borrows the objects. So no setting, hook, driver, attribute,
    graft or remote of the repository can alter what it prints or make it run anything, and an object that is not
    there is missing, not fetched. `prefix` is the root's folder within the repository: "" or "sms/".
    """

    command: str
    objects: str
    form: str
    prefix: str

    def run(
        self, *arguments: str, stdin: bytes = b"", check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """The finished command; with `check`, a failure raises CannotRunError."""
        with self._repository() as environment:
            return completed((*_ALONE_SETTINGS, self.command, *arguments), environment, stdin, check=check)

    @contextmanager
    def stream(self, *arguments: str, stdin: bytes) -> Iterator[IO[bytes]]:
        """The output of the command while it runs; the command ends with the block.

        The input is a file, not a pipe: neither side ever waits for the other.
        """
        with self._repository() as environment, tempfile.TemporaryFile() as file:
            file.write(stdin)
            file.seek(0)
            command = ["git", *_ALONE_SETTINGS, self.command, *arguments]
            try:
                process = subprocess.Popen(
                    command,
                    stdin=file,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    bufsize=_COPY,
                )
            except OSError as error:
                raise _no_git() from error
            with process:
                try:
                    yield cast(IO[bytes], process.stdout)
                finally:
                    process.kill()

    @contextmanager
    def _repository(self) -> Iterator[dict[str, str]]:
        with tempfile.TemporaryDirectory(prefix="smsrepo-") as folder:
            own = Path(folder)
            (own / "refs").mkdir()
            (own / "HEAD").write_text("ref: refs/heads/none\n")
            (own / "config").write_text(
                "[core]\nbare = true\nrepositoryFormatVersion = 1\n"
                f"[extensions]\nobjectFormat = {self.form}\n"
            )
            yield {
                **reading_environment(),
                **_ALONE,
                "GIT_DIR": folder,
                "GIT_OBJECT_DIRECTORY": self.objects,
                "GIT_ATTR_NOSYSTEM": "1",
            }


def reading(root: Path, command: str) -> Reading:
    """How to run `command` on the objects of the repository that `root` lies in; CannotRunError if there is none."""
    asked = (
        "--path-format=absolute", "--is-inside-work-tree", "--is-inside-git-dir", "--show-object-format",
        "--show-prefix", "--git-path", "objects",
    )  # fmt: skip
    done = run(root, "rev-parse", *asked, check=False)
    if done.returncode:
        raise failure(command, done)
    lines = os.fsdecode(done.stdout).split("\n")
    if len(lines) != 6:
        raise CannotRunError(
            f"the path of {root} has a line break in it", "Move the repository to another folder."
        )
    in_tree, in_git, form, prefix, objects, _ = lines
    if "true" not in (in_tree, in_git):
        raise CannotRunError(
            f"{root} is not in the working tree of its repository",
            "Look at core.bare and core.worktree: git config --show-origin --get-regexp '^core[.]'",
        )
    return Reading(command, objects, form, prefix)


def run(root: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """A command in the repository itself: for its refs and where it lies, never for objects.

    The user's and the machine's configuration are read, for they say which folders of others are safe.
    """
    settings = ("-c", "core.fsmonitor=false", "-C", str(root))
    return completed((*settings, *arguments), reading_environment(), check=check)


def completed(
    arguments: tuple[str, ...], environment: Mapping[str, str], stdin: bytes = b"", *, check: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Git, finished; raises CannotRunError where it cannot be started or, with `check`, fails."""
    try:
        done = subprocess.run(
            ["git", *arguments], input=stdin, capture_output=True, env=environment, check=False
        )
    except OSError as error:
        raise _no_git() from error
    if check and done.returncode:
        options = iter(arguments)
        command = next(word for word in options if word not in ("-c", "-C") or not next(options))
        raise failure(command, done)
    return done


def failure(command: str, done: subprocess.CompletedProcess[bytes]) -> CannotRunError:
    """The exception for a command that failed, with git's own reason."""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    fatal = [line for line in said if line.startswith("fatal:")]
    reason = (fatal or said[-1:] or ["no reason given"])[0]
    hint = "Is this a complete git repository?"
    if is_anothers(done):
        hint = "It belongs to another user. If you trust it: git config --global --add safe.directory FOLDER"
    return CannotRunError(f"git {command} failed: {reason}", hint)


def is_anothers(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether git refused because the folder belongs to another user, as in many a container."""
    return b"dubious ownership" in done.stderr


def reading_environment() -> dict[str, str]:
    """The environment without what would send git to another repository, index or object store."""
    kept = _QUARANTINE if "GIT_QUARANTINE_PATH" in os.environ else ()
    inherited = {n: value for n, value in os.environ.items() if not n.startswith("GIT_") or n in kept}
    return {**inherited, **FIXED, "LC_ALL": "C"}


def _no_git() -> CannotRunError:
    return CannotRunError("git could not be started", "Install git and make sure it is on the PATH.")
