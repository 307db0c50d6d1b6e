"""How to read a site that was made here."""

import shlex
from pathlib import Path


def how_to_read(folder: Path, *, offline: bool = False) -> str:
    """What to type or to open, to read the site in a folder."""
    if offline:
        return f"open {shown(folder)}/index.html"
    return f"python3 -m http.server --directory {shlex.quote(shown(folder))}"


def shown(folder: Path) -> str:
    """The folder from here, if it is below."""
    here, full = Path.cwd(), folder.resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else str(full)
