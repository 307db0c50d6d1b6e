"""A folder with versions of the site: what is left when a publication ends in the middle, and two at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from smsrepo.errors import CannotRunError, UserError
from smsrepo.site.published import folder as module
from smsrepo.site.published.folder import Folder
from smsrepo.site.published.shelf import Delivery

LOCK = ".sms-publish.lock"
MOVES = range(20)


class Stopped(BaseException):
    """As Ctrl-C does."""


@contextmanager
def stopped(*steps: int) -> Iterator[None]:
    """Moving a file stops the process at these steps."""
    moves = iter(range(1000))

    def at(move: Callable[..., Any]) -> Callable[..., Any]:
        def moved(self: Path, target: Path) -> Any:
            if next(moves) in steps:
                raise Stopped
            return move(self, target)

        return moved

    with (
        mock.patch.object(Path, "rename", at(Path.rename)),
        mock.patch.object(Path, "replace", at(Path.replace)),
    ):
        yield


def delivery(tmp_path: Path, text: str) -> Delivery:
    """Version a as built, and an alias of it."""
    site = tmp_path / f"site {text}"
    site.mkdir()
    (site / "index.html").write_text(text)
    files = {"versions.json": text.encode(), "index.html": b"root", text: b"new"}
    return Delivery("a", site, {"latest": "a"}, files, "Publish")


def files(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where it was published once."""
    folder = tmp_path / "public"
    Folder(folder).put(delivery(tmp_path, "1"))
    return folder


BEFORE = {
    "a/index.html": "1",
    "latest/index.html": "1",
    "versions.json": "1",
    "index.html": "root",
    "1": "new",
}
AFTER = {**BEFORE, "a/index.html": "2", "latest/index.html": "2", "versions.json": "2", "2": "new"}


def test_it_is_replaced(folder: Path, tmp_path: Path) -> None:
    assert files(folder) == BEFORE
    Folder(folder).put(delivery(tmp_path, "2"))
    assert files(folder) == AFTER


@pytest.mark.parametrize("step", MOVES)
def test_interrupted_it_is_taken_back(step: int, folder: Path, tmp_path: Path) -> None:
    with suppress(Stopped), stopped(step):
        Folder(folder).put(delivery(tmp_path, "2"))
    assert files(folder) == (BEFORE if step < 8 else AFTER)


@pytest.mark.parametrize("steps", [pair for pair in combinations(MOVES, 2) if pair[0] < 8])
def test_interrupted_twice_the_next_one_finishes(
    steps: tuple[int, int], folder: Path, tmp_path: Path
) -> None:
    with suppress(Stopped), stopped(*steps):
        Folder(folder).put(delivery(tmp_path, "2"))
    Folder(folder)
    assert files(folder) in (BEFORE, AFTER)


@pytest.mark.parametrize("step", MOVES)
def test_killed_the_next_one_finishes(step: int, folder: Path, tmp_path: Path) -> None:
    """A process that is killed tidies nothing up: its lock stays, until somebody knows that it does not run."""
    with (
        suppress(Stopped), stopped(step), mock.patch.object(Folder, "_undo"), mock.patch.object(Path, "unlink"),
        mock.patch.object(module.shutil, "rmtree"),
    ):  # fmt: skip
        Folder(folder).put(delivery(tmp_path, "2"))
    with pytest.raises(CannotRunError, match=r"somebody publishes into .* \(process \d+ on .*\)") as told:
        Folder(folder)
    assert f"delete {folder / LOCK} and try again" in told.value.hint
    (folder / LOCK).unlink()
    assert Folder(folder).names() == {path.partition("/")[0] for path in files(folder)}
    assert files(folder) == (AFTER if step else BEFORE)  # before the first move nothing was complete


def test_nobody_is_let_in_between(folder: Path, tmp_path: Path) -> None:
    first, second = Folder(folder), Folder(folder)
    swap = Folder._swap

    def meanwhile(self: Folder) -> None:
        for attempt in (lambda: Folder(folder), lambda: second.put(delivery(tmp_path, "3"))):
            with pytest.raises(CannotRunError, match="somebody publishes"):
                attempt()
        swap(self)

    with mock.patch.object(Folder, "_swap", meanwhile):
        first.put(delivery(tmp_path, "2"))
    assert files(folder) == AFTER
    with pytest.raises(UserError, match="changed meanwhile"):
        second.put(delivery(tmp_path, "4"))
    assert files(folder) == AFTER


def test_a_full_disk_is_told_with_what_is_left(folder: Path, tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    with mock.patch.object(module.shutil, "copy2", side_effect=full), pytest.raises(CannotRunError) as told:
        Folder(folder).put(delivery(tmp_path, "2"))
    assert (told.value.message, told.value.hint) == (
        f"{folder} cannot be written: No space left on device",
        "It is as it was before.",
    )
    assert files(folder) == BEFORE
    with (
        mock.patch.object(module.shutil, "copy2", side_effect=full),
        mock.patch.object(Folder, "_undo", side_effect=full),
        pytest.raises(CannotRunError) as told,
    ):
        Folder(folder).put(delivery(tmp_path, "3"))
    assert (
        told.value.hint == f"Part of it waits in {folder / '.sms-publish/new'}. Publish again to finish it."
    )
