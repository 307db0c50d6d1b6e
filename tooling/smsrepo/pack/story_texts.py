"""The texts of the story: each document and record in its final form, or as it stood before."""

import fnmatch
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smsrepo.load import front_matter
from smsrepo.pack.draft import edited
from smsrepo.pack.story import Earlier
from smsrepo.pack.yaml_text import dump

_NAMED = re.compile(r"([A-Z]{2,4}(?:-\d{4})?-\d{3,6})-.*\.(?:md|yml)")


class Texts(NamedTuple):
    """The final files by path, the paths by id, and how earlier texts follow from them."""

    files: Mapping[str, bytes]
    paths: Mapping[str, str]
    earlier: Mapping[str, Earlier]

    def brought(self, names: Iterable[str]) -> dict[str, bytes]:
        """The files that names of the story stand for. Raises ValueError for a name that stands for nothing."""
        found: dict[str, bytes] = {}
        for name in names:
            bare, at, _ = name.partition("@")
            if at:
                found[self.path(bare)] = self._before(name).encode()
            else:
                found.update((path, self.files[path]) for path in self.matching(bare))
        return found

    def path(self, name: str) -> str:
        """The file of an id; a path stands for itself."""
        return self.paths.get(name, name)

    def matching(self, name: str) -> list[str]:
        """The files of an id, a path or a pattern of paths, sorted."""
        matching = sorted(fnmatch.filter(self.files, self.path(name.partition("@")[0])))
        if not matching:
            raise ValueError(f"the story names {name}, and there is no such file")
        return matching

    def _before(self, name: str) -> str:
        form, bare = self.earlier[name], name.partition("@")[0]
        text = form.text or (self._before(form.base) if form.base else self.files[self.path(bare)].decode())
        try:
            return _as_it_stood(text, form)
        except ValueError as error:
            raise ValueError(f"{name} does not fit the text that it comes from: {error}") from error


def texts(files: Mapping[str, bytes], earlier: Mapping[str, Earlier]) -> Texts:
    """The texts of a story that ends with these files."""
    named = ((_NAMED.fullmatch(path.rpartition("/")[2]), path) for path in files)
    return Texts(files, {match[1]: path for match, path in named if match}, earlier)


def _as_it_stood(text: str, form: Earlier) -> str:
    if form.header or form.without:
        text = _with_header(text, form)
    for start, end in form.cut:
        begins = _only(text, start)
        ends = text.index(end, begins) if end else len(text)
        text = text[:begins] + text[ends:]
    for now, then in form.instead:
        at = _only(text, now)
        text = text[:at] + then + text[at + len(now) :]
    return text


def _with_header(text: str, form: Earlier) -> str:
    values = {
        name: dump({name: value}).partition(": ")[2].rstrip("\n") for name, value in form.header.items()
    }
    if not text.startswith(front_matter.FENCE):
        return edited(text, values, form.without)
    parts = front_matter.split(text)
    header = edited(parts.header, values, form.without)
    return f"{front_matter.FENCE}{header}{front_matter.FENCE}{parts.body}"


def _only(text: str, passage: str) -> int:
    """Where a passage stands; it must stand there once, or the story is about another text."""
    if text.count(passage) != 1:
        raise ValueError(f"{text.count(passage)} passages read {passage[:60]!r}")
    return text.index(passage)
