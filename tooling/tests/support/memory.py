"""A repository in memory: a mapping of paths to bytes is a Source."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from smsrepo.load.source import READ, File
from smsrepo.pack.contents import pack_root

ROOT = pack_root()


class MemorySource:
    """A Source over a mapping of path to bytes or text."""

    def __init__(self, contents: Mapping[str, bytes | str]) -> None:
        self._contents = {p: c.encode() if isinstance(c, str) else c for p, c in contents.items()}

    def files(self) -> list[File]:
        return [File(p, raw if p.endswith(READ) else b"") for p, raw in sorted(self._contents.items())]

    def exists(self, path: str) -> bool:
        return path in self._contents


@cache
def schemas() -> dict[str, bytes]:
    """The schemas of the root."""
    return {str(p.relative_to(ROOT)): p.read_bytes() for p in sorted((ROOT / "schemas").rglob("*.json"))}


@cache
def small_settings() -> dict[str, bytes]:
    """The settings of a small organisation: what every example starts from."""
    base = Path(__file__).parents[1] / "rules" / "base"
    return {str(p.relative_to(base)): p.read_bytes() for p in sorted(base.rglob("*.yml"))}
