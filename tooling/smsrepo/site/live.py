"""A served site that follows an edit: what was built stays, and only pages that differ are made again."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from smsrepo.site.engines.search import search_of
from smsrepo.site.navigation import Menu
from smsrepo.site.page import Page

Stamps = Mapping[str, tuple[int, int]]


class Made(NamedTuple):
    """All that a build is made of: our pages, the menu, other files of the site, and files that are as they lie there.

    `head` is what every page shows: the settings of the organisation and the day.
    """

    pages: Mapping[str, Page]
    menu: Menu
    files: Mapping[str, bytes]
    head: tuple[object, date]
    stamps: Stamps


class Built(NamedTuple):
    """What MkDocs holds after a build."""

    made: Made
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment


def stamps_of(config: MkDocsConfig, pictures: Iterable[Path]) -> Stamps:
    """Size and time of change of the settings of the site, of what lies in docs_dir, and of pictures."""
    paths = [Path(config.config_file_path or ""), *Path(config.docs_dir).rglob("*"), *pictures]
    known = [(path, path.stat()) for path in paths if path.is_file()]
    return {str(path): (found.st_size, found.st_mtime_ns) for path, found in known}


def follow(built: Built, now: Made) -> Built | None:
    """Brings the site in its folder up to date; None where that takes a whole build.

    That is so where pages come or go, the menu alters, or a file changes that is not ours.
    """
    before = built.made
    same = (before.pages.keys(), before.menu, before.files.keys(), before.head, before.stamps)
    if same != (now.pages.keys(), now.menu, now.files.keys(), now.head, now.stamps):
        return None
    search = search_of(built.config)
    changed = list(_changed(built, now))
    if search is None or any(file is None or file.page is None for file in changed):
        return None
    index = search.search_index
    index.entries = _without(index.entries, {file.page.url for file in changed})
    for file in changed:
        file.content_string = now.pages[file.src_uri].text
        _populate_page(file.page, built.config, built.files)
    listed = built.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    for file in changed:
        _build_page(file.page, built.config, listed, built.nav, built.env)
    for path, content in now.files.items():
        if content != before.files[path]:
            (Path(built.config.site_dir) / path).write_bytes(content)
    search.on_post_build(config=built.config)
    return built._replace(made=now)


def _changed(built: Built, now: Made) -> Iterator[Any]:
    """The files of pages that read otherwise; a page of the user's own in place of ours is not among them."""
    for path, page in now.pages.items():
        if page.text != built.made.pages[path].text:
            yield built.files.get_file_from_path(path)


def _without(entries: list[dict[str, Any]], urls: set[str]) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["location"].partition("#")[0] not in urls]
