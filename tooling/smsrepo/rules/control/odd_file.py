"""odd-file."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.load.source import CONTENT_FOLDERS
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule

_ODD = {"120000": "a symbolic link", "100755": "executable", "160000": "another repository (a submodule)"}


@register_rule("odd-file", requirements=["4.3.2-e", "4.3.2-f"])
def check(register: Register, _on: date) -> Iterator[Flaw]:
    """A file is not plain, or its name is the same as another's on some computers."""
    tree = register.replay.tree
    for path in tree:
        if _folded(path.partition("/")[0]) not in CONTENT_FOLDERS:
            continue
        if not {"..", ".", ".git"}.isdisjoint(path.lower().split("/")):
            yield Flaw(path, "its path leads somewhere else on some computers", "Give it a plain name.")
        if tree[path].mode != "100644":
            yield Flaw(
                path,
                f"it is {_ODD.get(tree[path].mode, 'no plain file')}, so what readers get is not what was approved",
                "Put a plain file there, without the right to be executed.",
            )
    yield from _collisions(tree)


def _collisions(paths: Iterable[str]) -> Iterator[Flaw]:
    """Of files, and of the folders they lie in; the paths are in the order in which they came.

    The folders of documents count as there: elsewhere nobody would look at what some computers put into them.
    """
    names = dict(zip(CONTENT_FOLDERS, CONTENT_FOLDERS, strict=True))
    seen: set[str] = set()
    for path in paths:
        place = path
        while place and place not in seen:
            seen.add(place)
            known = names.setdefault(_folded(place), place)
            if known != place:
                yield Flaw(
                    path,
                    f"{place} and {known} differ only in capitals or accents; some computers keep only one",
                    "Rename one of the two.",
                )
            place = place.rpartition("/")[0]


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
