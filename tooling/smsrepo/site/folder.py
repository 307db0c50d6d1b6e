"""Folders that are written to: the pages as plain Markdown, for engines that run no MkDocs plugins, or a built site."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from smsrepo.errors import CannotRunError, UserError
from smsrepo.site.page import Page

_OURS = "assets/sms.css"
"""Every site of ours has it, whichever engine built it."""


def refuse_others(folder: Path, named: Path) -> None:
    """Raises UserError for a folder that a build would empty although no build of a site made what is in it.

    Hidden files, such as the .git of a worktree, stay in any case. `named` is the folder as somebody typed it.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{named} is a file", "Name a folder: --site-dir site.")
    if not folder.is_dir() or (folder / _OURS).is_file():
        return
    kept = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    if kept:
        files = (path for entry in kept for path in (entry, *sorted(entry.rglob("*"))) if not path.is_dir())
        found = next(files, kept[0]).relative_to(folder).as_posix()
        raise UserError(
            f"{named} holds {found}, which no build of a site made, and the site would replace it",
            "Name a new folder: --site-dir FOLDER. Or empty this one.",
        )


def number_of_pages(site: Path) -> int:
    """How many pages a built site has; the one that says that there is none does not count."""
    return sum(1 for _ in site.rglob("*.html")) - (site / "404.html").is_file()


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
