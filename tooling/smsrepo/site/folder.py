"""The pages as plain Markdown in a folder, for engines that run no MkDocs plugins."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from smsrepo.errors import CannotRunError, UserError
from smsrepo.site.page import Page


def write(pages: Mapping[str, Page], pictures: Mapping[str, Path | bytes], folder: Path) -> int:
    """Writes pages, and pictures (files, or their bytes) beside them, into an empty or new folder; returns the number
    of pages.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file", "Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(
            f"{folder} is not empty",
            "Name a new folder, or empty this one: pages that are gone must not stay.",
        )
    try:
        for page in pages.values():
            path = folder / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, encoding="utf-8", newline="\n")
        for name, picture in pictures.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(picture, bytes):
                (folder / name).write_bytes(picture)
            else:
                shutil.copyfile(picture, folder / name)
    except OSError as error:
        raise CannotRunError(f"{folder} cannot be written: {error.strerror}") from error
    return len(pages)
