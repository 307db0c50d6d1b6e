"""Tags with a message: read without the repository's settings, made in the user's name."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from smsrepo.git.commits import as_user
from smsrepo.git.door import full, objects
from smsrepo.git.process import run

_LIST = ("--format=%(objecttype) %(objectname) %(refname:strip=2)", "refs/tags")
_COMMIT = re.compile(r"object ([0-9a-f]+)\ntype commit\n")  # as git reads it: in this order, and first
_SIGNATURE = re.compile(r"^-----BEGIN (?:SSH|PGP) SIGNATURE-----$", re.MULTILINE)


class Tag(NamedTuple):
    """A tag of a commit; `message` without its signature."""

    name: str
    commit: str
    message: str


def names(root: Path) -> frozenset[str]:
    """Every tag, whatever it marks."""
    return frozenset(name for _, _, name in _listed(root))


def tags(root: Path) -> Iterator[Tag]:
    """The tags of commits that have a message, by name; all others are left out."""
    found = [(object_id, name) for kind, object_id, name in _listed(root) if kind == "tag"]
    if not found:
        return
    with objects(root, [object_id for object_id, _ in found]) as answer:
        for _, name in found:
            size = int(answer.readline().split()[2])
            header, _, message = answer.read(size + 1)[:-1].decode("utf-8", "replace").partition("\n\n")
            if marked := _COMMIT.match(header):
                yield Tag(name, marked[1], _SIGNATURE.split(message)[0])


def make(root: Path, name: str, commit: str, message: str) -> None:
    """Tag a commit (full id) in the user's name, signed where they sign their tags; never moves a tag.

    The name must be one that cannot be taken for an option. Raises CannotRunError where git refuses.
    """
    words = ("--annotate", "--cleanup=verbatim", "--file=-", name, full(commit))
    as_user(root, "tag", *words, stdin=message.encode(), doing="make the tag")


def _listed(root: Path) -> list[tuple[str, str, str]]:
    lines = os.fsdecode(run(root, "for-each-ref", *_LIST).stdout).splitlines()
    return [(kind, object_id, name) for kind, object_id, name in (line.split(" ", 2) for line in lines)]
