"""What the pack holds: in a checkout the root itself, in an installed wheel the copy the build put there."""

import fnmatch
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

MANIFEST = "tooling/pack.toml"
_PACKAGE = Path(__file__).parent
_BUNDLED = _PACKAGE / "bundled"


def is_checkout() -> bool:
    """Whether this package runs from the project's own repository."""
    return not _BUNDLED.is_dir()


@cache
def pack_root() -> Path:
    """The folder that holds the pack."""
    return _PACKAGE.parents[2] if is_checkout() else _BUNDLED


def pack_files(*, example: bool, manifest: bool = False) -> Iterator[str]:
    """Paths of the pack's files, sorted; the demonstration data only for an example.

    With `manifest` also what the pack keeps for itself: its manifest, and the story of the demonstration.
    """
    root = pack_root()
    listed = tomllib.loads((root / MANIFEST).read_text(encoding="utf-8"))
    for included in sorted(listed["include"]):
        found = [root / included] if (root / included).is_file() else sorted((root / included).rglob("*"))
        for file in found:
            path = file.relative_to(root).as_posix()
            hidden = _is(path, listed["never"]) or (not manifest and _is(path, listed["kept"]))
            wanted = not hidden and (example or not _is(path, listed["demonstration"]))
            if wanted and file.is_file() and "__pycache__" not in file.parts:
                yield path


def _is(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)
