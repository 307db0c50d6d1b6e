"""Where a link in a document leads."""

import posixpath
import re
from urllib.parse import unquote

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def link_path(source: str, target: str) -> str:
    """The path a relative link names, from the repository's root; empty for other places and within the page.

    A path that starts with "../" or "/" leads out of the repository.
    """
    if _ELSEWHERE.match(target) or not target:
        return ""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def leads_out(path: str) -> bool:
    """Whether a path is outside the repository, or inside its .git folder."""
    return path.startswith(("/", "../", ".git/")) or path in ("..", ".git")
