"""What the pack holds: in a checkout the root itself, in an installed wheel the copy the build put there."""

import fnmatch
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_MANIFEST = "tooling/pack.toml"


@cache
def pack_root() -> Path:
    """The folder that holds the pack."""
    package = Path(__file__).parent
    bundled = package / "root"
    return bundled if bundled.is_dir() else package.parents[2]


def pack_files(*, example: bool) -> Iterator[str]:
    """Paths of the pack's files, sorted; the demonstration data only for an example."""
    root = pack_root()
    manifest = tomllib.loads((root / _MANIFEST).read_text(encoding="utf-8"))
    for included in sorted(manifest["include"]):
        found = [root / included] if (root / included).is_file() else sorted((root / included).rglob("*"))
        for file in found:
            path = file.relative_to(root).as_posix()
            demonstration = any(fnmatch.fnmatchcase(path, pattern) for pattern in manifest["demonstration"])
            if file.is_file() and path != _MANIFEST and (example or not demonstration):
                yield path
