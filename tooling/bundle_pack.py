"""Build hook: puts the pack (the root's own documents and schemas) into the wheel as package data."""

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
            build_data["force_include"][str(Path(self.root, path))] = f"smsrepo/pack/bundled/{path}"
