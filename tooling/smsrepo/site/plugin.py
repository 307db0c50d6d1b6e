"""The MkDocs plugin: hands the pages to MkDocs and MkDocs' settings what the pages need."""

import logging
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from smsrepo.check.catalogue import LOCAL_FOLDER
from smsrepo.check.verify import Proof
from smsrepo.control.settings import ORGANISATION
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.load import parallel
from smsrepo.load.source import CONTENT_FOLDERS, find_root
from smsrepo.site.edition import picture_files, publication_of
from smsrepo.site.engines.material import is_offline, prepare
from smsrepo.site.engines.search import give_id, keep_ids_whole, read_queries_alike
from smsrepo.site.files import files_of
from smsrepo.site.live import Built, Made, follow, stamps_of
from smsrepo.site.navigation import menu
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.release import Release
from smsrepo.site.text.sanitise import sanitise

_LOG = logging.getLogger(__name__)
_STAYS = "%s\nThe site stays as it was until this is mended."


class SmsConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs types only half of this
    """Options of the plugin: `as_of`, the day to judge by; `pdf`, whether to make PDFs (not while serving).

    sms site publish sets `version`, the name under which the site is published, and whether it is a `baseline`.
    """

    as_of = config_options.Optional(config_options.Type(str))
    version = config_options.Type(str, default="")
    baseline = config_options.Type(bool, default=False)
    pdf = config_options.Type(bool, default=False)


class SmsPlugin(BasePlugin[SmsConfig]):  # type: ignore[no-untyped-call]  # the same
    """Adds every page of the SMS to a MkDocs build."""

    _publication: Publication | None = None
    _serving = False
    _built: Built | None = None

    @property
    def proof(self) -> Proof | None:
        """What the history proves of what was loaded last; None before document control began."""
        return self._good.proof

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Having this, the plugin lives on from one build of a served site to the next."""
        self._serving = command == "serve"

    @event_priority(50)  # before the search reads its settings
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads the repository once for the whole build."""
        self._root = _root(config)
        try:
            self._publication = _publication(self._root, self.config, config)
        except PluginError as error:
            if not self._serving or self._publication is None:
                raise
            # A half-typed file is no reason to leave a reader without pages: the last good ones stay.
            _LOG.error(_STAYS, error)
        prepare(config, self._good, self.config.version)
        keep_ids_whole(config)
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
        pages = self._pages = pages_of(self._good)
        read_queries_alike(files, config)
        pictures = picture_files(self._good, self._root)
        pdfs: Mapping[str, bytes] = {}
        if self.config.pdf and not self._serving:
            pages, pdfs = _with_pdfs(self._good, self._root, pages, pictures)
        for page in pages.values():
            if files.get_file_from_path(page.path):
                continue  # a file of the user's own in docs_dir wins
            self._own.add(page.path)
            level = InclusionLevel.INCLUDED if page.path in listed else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.path, content=page.text, inclusion=level)
            file.edit_uri = page.source
            files.append(file)
        others: Mapping[str, Path | bytes] = {
            **pictures,
            **files_of(self._good),
            **pdfs,
        }
        for path, picture in others.items():
            if files.get_file_from_path(path):
                continue
            if isinstance(picture, bytes):
                files.append(File.generated(config, path, content=picture))
            else:
                files.append(File(path, str(self._root), config.site_dir, config.use_directory_urls))
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Kept for builds that follow an edit."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """From here on only pages are written, so that everything is known that they are made of."""
        if self._serving:
            self._built = Built(self._made(config, self._pages), config, files, self._nav, env)
        return env

    def _made(self, config: MkDocsConfig, pages: Mapping[str, Page]) -> Made:
        publication = self._good
        pictures = picture_files(publication, self._root).values()
        return Made(
            {path: page for path, page in pages.items() if path in self._own},
            menu(publication),
            files_of(publication),
            (publication.repo.setting(ORGANISATION), publication.as_of),
            stamps_of(config, [picture for picture in pictures if isinstance(picture, Path)]),
        )

    def _follow(self, builder: Callable[[], None]) -> None:
        """After an edit: what differs, or everything."""
        built, self._built = self._built, None
        if built is not None:
            try:
                self._publication = _publication(self._root, self.config, built.config)
                self._built = follow(built, self._made(built.config, pages_of(self._good)))
            except PluginError as error:
                _LOG.error(_STAYS, error)
                self._built = built
        if self._built is None:
            builder()

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Lets nothing through that authors could have smuggled in."""
        return sanitise(html) if page.file.src_uri in self._own else html

    @event_priority(-50)  # after the search has taken the page into its index
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, **_: Any
    ) -> TemplateContext:
        """Of a published version, the page to be found by crawlers is that of the version in force.

        The page is found by its id as well.
        """
        if page.file.src_uri in self._own:
            give_id(config, page.url, self._pages[page.file.src_uri].id)
        if address := config.extra.get("sms_canonical"):
            page.canonical_url = f"{address}{page.url}"
        return context

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Rebuilds when the SMS changes."""
        # The loader shares much work among forks of the process. From here on MkDocs runs threads (server, watcher):
        # a fork takes their locks along but not the threads that would release them, and may hang for ever.
        parallel.WORTH_IT = sys.maxsize
        server.builder = partial(self._follow, server.builder)
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


def _publication(root: Path, options: SmsConfig, config: MkDocsConfig) -> Publication:
    release = Release(options.version, options.baseline) if options.version else None
    try:
        day = date.fromisoformat(options.as_of) if options.as_of else None
        folders = config.use_directory_urls and not is_offline(config)
        site_url = config.site_url or ""
        return publication_of(root, day, directory_urls=folders, site_url=site_url, release=release)
    except ValueError as error:
        raise PluginError(f"smsrepo: as_of: {error}") from error
    except UserError as error:
        raise PluginError(f"smsrepo: {error.message}. {error.hint}") from error


def _with_pdfs(
    publication: Publication, root: Path, pages: dict[str, Page], pictures: Mapping[str, Path | bytes]
) -> tuple[dict[str, Page], Mapping[str, bytes]]:
    """The pages with links to their PDFs, and the PDFs by path."""
    from smsrepo.site.pdf.printer import Printer, made_on, site_files, with_links

    try:
        printer = Printer(publication, pages, pictures, made_on(), door.head(root) or "")
        return with_links(publication, pages), dict(site_files(printer))
    except UserError as error:
        raise PluginError(f"smsrepo: {error.message}. {error.hint}") from error


def _paths(entries: list[Any]) -> list[str]:
    """The paths in a menu, at any depth."""
    found: list[str] = []
    for entry in entries:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        found += [value] if isinstance(value, str) else _paths(value)
    return found
