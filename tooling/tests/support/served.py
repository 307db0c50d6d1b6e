"""A site as `sms site serve` holds it, without the server."""

from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config


class Served:
    """Built once; `edited` brings it up to date as the server does after an edit."""

    def __init__(self, root: Path, target: Path) -> None:
        self.root, self.target = root, target
        self.whole_builds = 0
        self.build()

    def build(self) -> None:
        self.whole_builds += 1
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.target))
        config.plugins.on_startup(command="serve", dirty=False)
        self.plugin: Any = config.plugins["smsrepo"]
        build(config, serve_url="http://127.0.0.1:8000/")

    def edited(self) -> None:
        self.plugin._follow(self.build)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.target).as_posix(): path.read_bytes()
            for path in sorted(self.target.rglob("*"))
            if path.is_file() and path.suffix != ".gz"
        }
