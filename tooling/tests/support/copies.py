"""Copies of what tests share, to do anything with."""

import shutil
from pathlib import Path


def copied(repository: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(repository, tmp_path / "copy"))
