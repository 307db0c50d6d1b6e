"""Build hook: puts the pack (the root's own documents and schemas) into the wheel as package data."""

import fnmatch
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundlePack(BuildHookInterface):  # type: ignore[type-arg]
    """An editable install finds the pack at the root; only a real wheel carries a copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add everything that tooling/pack.toml names."""
        if version == "editable":
            return
        pack = tomllib.loads(Path(self.root, "tooling/pack.toml").read_text())
        for path in pack["include"]:
            for file in self._files(Path(self.root, path)):
                name = file.relative_to(self.root).as_posix()
                if not any(fnmatch.fnmatchcase(name, pattern) for pattern in pack["never"]):
                    build_data["force_include"][str(file)] = f"smsrepo/pack/bundled/{name}"

    @staticmethod
    def _files(place: Path) -> list[Path]:
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        return [file for file in found if file.is_file() and "__pycache__" not in file.parts]
