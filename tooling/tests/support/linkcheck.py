"""Whether everything a built site points to is there: pages, anchors, pictures, styles and scripts."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from smsrepo.site.page import Page

_TAG = re.compile(r"<[a-zA-Z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"(?<=\s)(id|href|src|data|poster)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SILENT = re.compile(r"<!--.*?-->|(<(script|style)\b[^>]*>).*?</\2>", re.DOTALL)
_CODE = re.compile(r"^ *(`{3,}).*?^ *\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class _Read(NamedTuple):
    """What a page points to, as it is written, and the ids it has, with how often."""

    targets: frozenset[str]
    ids: Counter[str]


def broken(site: Path, at: str = "") -> list[str]:
    """What is wrong in a site: one line for each target of a page that is not there, and each id that a page has
    twice. `at` is the path under which the site will stand on its server ("/sms/"), for links from its root.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}
    return [line for name, page in pages.items() for line in _wrong(name, page, pages, files, at)]


def links_of(site: Path) -> int:
    """How many targets within the site its pages have, so that a check that looks at nothing can be told."""
    return sum(len(_read(path).targets) for path in site.rglob("*.html"))


def _wrong(name: str, page: _Read, pages: dict[str, _Read], files: set[str], at: str) -> Iterator[str]:
    for id_, times in page.ids.items():
        if times > 1:
            yield f"{name}: id {id_} stands {times} times"
    for target in sorted(page.targets):
        path, _, anchor = target.partition("#")
        found = _file(name, path, files, at)
        if found is None:
            yield f"{name}: {target} is not there"
        elif anchor and found.endswith(".html") and unquote(anchor) not in pages[found].ids:
            yield f"{name}: {target} has no such anchor"


def _file(name: str, path: str, files: set[str], at: str) -> str | None:
    """The file that a link of a page means; None where there is none."""
    path = unquote(path.partition("?")[0])
    if not path:
        return name
    whole = path.removeprefix(at or "/") if path.startswith("/") else f"{posixpath.dirname(name)}/{path}"
    wanted = posixpath.normpath(f"/{whole}").strip("/")
    index = f"{wanted}/index.html".lstrip("/")
    folder = path.rpartition("/")[2] in ("", ".", "..")
    return next((choice for choice in ([] if folder else [wanted]) + [index] if choice in files), None)


def dead_links(pages: Mapping[str, Page]) -> list[str]:
    """The links of pages, before any engine has seen them, to pages that are not among them."""
    found: list[str] = []
    for page in pages.values():
        for target in re.findall(r"\]\(((?!https?:)[^)#]+\.md)(?=[)#])", _CODE.sub("", page.markdown)):
            path = posixpath.normpath(f"/{posixpath.dirname(page.path)}/{target}").lstrip("/")
            if path not in pages:
                found.append(f"{page.path}: {target} is not there")
    return found


@cache
def _read(page: Path) -> _Read:
    targets, ids = set(), Counter[str]()
    text = _SILENT.sub(lambda found: found[1] or "", page.read_text(encoding="utf-8"))
    for tag in _TAG.findall(text):
        for name, *values in _ATTRIBUTE.findall(tag):
            value = unescape("".join(values)).strip()
            if name == "id":
                ids[value] += 1
            elif value and not _ELSEWHERE.match(value):
                targets.add(value)
    return _Read(frozenset(targets), ids)
