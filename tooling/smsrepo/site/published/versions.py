"""The versions of a site as mike keeps them in versions.json, which is what Material's selector reads."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smsrepo.errors import UserError
from smsrepo.model.release_name import IN_FORCE, release_name

FILE = "versions.json"
BASELINE, MOVING = "baseline", "moving"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the site. `kind` is "" for one that we did not publish.

    `commit` is where it comes from ("" for files that were not committed), `committed` when that was made (UTC,
    ISO 8601), `as_of` the day it is judged by, `content` the SHA-256 over all its files. `more` keeps what
    others noted.
    """

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    commit: str = ""
    committed: str = ""
    as_of: str = ""
    content: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def in_force(self) -> bool:
        """Whether people work by this one."""
        return IN_FORCE in self.aliases


_OWN = ("kind", "commit", "committed", "as_of", "content")


def read(content: bytes) -> tuple[Version, ...]:
    """The versions in a file; raises UserError where it is none."""
    try:
        return tuple(_version(entry) for entry in json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            f"{FILE} cannot be read", "Bring back the one that was there, or publish into another folder."
        ) from error


def render(versions: Iterable[Version]) -> bytes:
    """The file, newest version first."""
    entries = [
        {
            "version": one.name, "title": one.title, "aliases": list(one.aliases),
            "properties": {**one.more, **({name: getattr(one, name) for name in _OWN} if one.kind else {})},
        }
        for one in sorted(versions, key=_rank, reverse=True)
    ]  # fmt: skip
    return (json.dumps(entries, ensure_ascii=False, indent=2) + "\n").encode()


def with_version(
    versions: Sequence[Version], new: Version, aliases: Iterable[str], *, default: bool | None
) -> tuple[Version, ...]:
    """All versions, the new one added or in the place of its former state; aliases that it takes are taken from others.

    With `default` it becomes the one in force. With None that is so for one that is new here, if there is none in force
    yet, or an older baseline. Raises UserError where a name would stand for two.
    """
    former = find(versions, new.name)
    others = [one for one in versions if one is not former]
    taken = {*(former.aliases if former else ()), *aliases}
    if default or (default is None and former is None and _follows(new, others)):
        taken.add(IN_FORCE)
    for alias in taken - {IN_FORCE}:
        release_name(alias, "an alias")
    _refuse_two_meanings(others, new.name, taken)
    left = [replace(one, aliases=tuple(a for a in one.aliases if a not in taken)) for one in others]
    return (*left, replace(new, aliases=tuple(sorted(taken, key=lambda alias: (alias != IN_FORCE, alias)))))


def find(versions: Iterable[Version], name: str) -> Version | None:
    """The version with a name."""
    return next((one for one in versions if one.name == name), None)


def redirect(target: str) -> bytes:
    """A page that leads to a folder beside it, with and without scripts."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n'
        "  <title>Service management system</title>\n"
        f'  <meta http-equiv="refresh" content="0; url={target}/">\n  <link rel="canonical" href="{target}/">\n'
        '  <link rel="icon" href="data:,">\n'
        f'</head>\n<body>\n  <p>Go to <a href="{target}/">the version in force</a>.</p>\n</body>\n</html>\n'
    ).encode()


def _version(entry: Mapping[str, Any]) -> Version:
    noted = dict(entry.get("properties") or {})
    own = {name: str(noted.pop(name)) for name in _OWN} if noted.get("kind") in (BASELINE, MOVING) else {}
    return Version(
        str(entry["version"]), str(entry["title"]), tuple(map(str, entry["aliases"])), **own, more=noted
    )


def _follows(new: Version, others: Iterable[Version]) -> bool:
    """Whether a version becomes the one in force by itself."""
    current = next((one for one in others if one.in_force), None)
    if current is None:
        return True
    return new.kind == current.kind == BASELINE and _rank(new) > _rank(current)


def _rank(version: Version) -> tuple[bool, str, str, list[tuple[int, str]]]:
    """What moves is newer than any baseline, those newer by day and commit; numbers in names count as numbers."""
    words = [(int(part or 0), text) for part, text in re.findall(r"(\d*)(\D*)", version.name)]
    return (version.kind == MOVING, version.as_of, version.committed, words)


def _refuse_two_meanings(others: Iterable[Version], name: str, aliases: Iterable[str]) -> None:
    """Names that differ in case only are one folder on many machines."""
    for first, second in _clashes(others, name, aliases):
        raise UserError(
            f"`{first}` cannot be published: `{second}` is a version or an alias of another one",
            "Choose another name.",
        )


def _clashes(others: Iterable[Version], name: str, aliases: Iterable[str]) -> Iterator[tuple[str, str]]:
    wanted = {name.casefold(): name, **{alias.casefold(): alias for alias in aliases}}
    if name.casefold() in {alias.casefold() for alias in aliases}:
        yield name, name
    for other in others:
        if other.name.casefold() in wanted:
            yield wanted[other.name.casefold()], other.name
        for alias in other.aliases:
            mine = wanted.get(alias.casefold())
            # An alias moves from one version to the other; everything else would stand for two.
            if mine is not None and (mine == name or mine != alias):
                yield mine, alias
