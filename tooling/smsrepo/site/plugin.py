"""The MkDocs plugin: hands the pages to MkDocs and MkDocs' settings what the pages need."""

import logging
import sys
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from smsrepo.check.catalogue import LOCAL_FOLDER
from smsrepo.control.settings import ORGANISATION
from smsrepo.errors import UserError
from smsrepo.load import parallel
from smsrepo.load.source import CONTENT_FOLDERS, find_root
from smsrepo.site.edition import picture_files, publication_of
from smsrepo.site.engine import prepare
from smsrepo.site.navigation import menu
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.sanitise import sanitise

_LOG = logging.getLogger(__name__)


class SmsConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs types only half of this
    """Options of the plugin: `as_of`, the day to judge by."""

    as_of = config_options.Optional(config_options.Type(str))


class SmsPlugin(BasePlugin[SmsConfig]):  # type: ignore[no-untyped-call]  # the same
    """Adds every page of the SMS to a MkDocs build."""

    _publication: Publication | None = None
    _serving = False

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Having this, the plugin lives on from one build of a served site to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads the repository once for the whole build."""
        self._root = _root(config)
        try:
            self._publication = _publication(self._root, self.config.as_of, config)
        except PluginError as error:
            if not self._serving or self._publication is None:
                raise
            # A half-typed file is no reason to leave a reader without pages: the last good ones stay.
            _LOG.error("%s\nThe site stays as it was until this is mended.", error)
        prepare(config, self._good)
        return config

    @property
    def _good(self) -> Publication:
        """The publication of this build; on_config has seen to it that there is one."""
        if self._publication is None:
            raise PluginError("smsrepo: the repository was not loaded")
        return self._publication

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages; those outside the menu are known to be there on purpose."""
        config.nav = menu(self._good)
        listed = frozenset(_paths(config.nav))
        self._own: set[str] = set()
        for page in pages_of(self._good).values():
            if files.get_file_from_path(page.path):
                continue  # a file of the user's own in docs_dir wins
            level = InclusionLevel.INCLUDED if page.path in listed else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.path, content=page.text, inclusion=level)
            file.edit_uri = page.source
            files.append(file)
            self._own.add(page.path)
        for path, picture in picture_files(self._good, self._root).items():
            if files.get_file_from_path(path):
                continue
            if isinstance(picture, bytes):
                files.append(File.generated(config, path, content=picture))
            else:
                files.append(File(path, str(self._root), config.site_dir, config.use_directory_urls))
        return files

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Lets nothing through that authors could have smuggled in."""
        return sanitise(html) if page.file.src_uri in self._own else html

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Rebuilds when the SMS changes."""
        # The loader shares much work among forks of the process. From here on MkDocs runs threads (server, watcher):
        # a fork takes their locks along but not the threads that would release them, and may hang for ever.
        parallel.WORTH_IT = sys.maxsize
        for folder in CONTENT_FOLDERS:
            (self._root / folder).mkdir(exist_ok=True)  # only what is there can be watched
            server.watch(str(self._root / folder))
        if (self._root / LOCAL_FOLDER).is_dir():
            server.watch(str(self._root / LOCAL_FOLDER))
        return server


def _root(config: MkDocsConfig) -> Path:
    root = find_root(Path(config.config_file_path or "mkdocs.yml").resolve().parent)
    if root is None:
        raise PluginError(f"smsrepo: there is no SMS ({ORGANISATION}) beside {config.config_file_path}")
    return root


def _publication(root: Path, as_of: str | None, config: MkDocsConfig) -> Publication:
    try:
        day = date.fromisoformat(as_of) if as_of else None
        return publication_of(root, day, directory_urls=config.use_directory_urls)
    except ValueError as error:
        raise PluginError(f"smsrepo: as_of: {error}") from error
    except UserError as error:
        raise PluginError(f"smsrepo: {error.message}. {error.hint}") from error


def _paths(entries: list[Any]) -> list[str]:
    """The paths in a menu, at any depth."""
    found: list[str] = []
    for entry in entries:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        found += [value] if isinstance(value, str) else _paths(value)
    return found
