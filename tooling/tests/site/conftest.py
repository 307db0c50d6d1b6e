"""The example repository of the site tests, the built site of the root, and a browser."""

import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, sync_playwright
from support.memory import ROOT, MemorySource, schemas
from support.scenario import play

from smsrepo.check import catalogue, engine
from smsrepo.conformity.coverage import coverage
from smsrepo.control.settings import Settings
from smsrepo.load import parallel
from smsrepo.load.snapshot import load
from smsrepo.site import edition
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication

EXAMPLE = Path(__file__).parent / "example"
TODAY = date(2026, 11, 20)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
STORY = """
on 2026-02-01
bob issues POL-001 1.1: We serve <script>alert(1)</script> better. See [more](POL-009-gone.md).
anna approves POL-001
bob adds POL-003 as policy-change in policies/POL-003-more.md: The freeze begins with the pelicans.
anna approves POL-003
merge
on 2026-02-10
anna revokes POL-001
merge
on 2026-02-15
bob issues POL-001 1.2: Best.
bob issues POL-003 1.1: The freeze begins with the herons.
anna approves POL-003
bob withdraws POL-002 1.1 successor=POL-001
anna approves withdrawal of POL-002
merge
on 2026-02-20
bob drafts POL-003 1.2: The freeze begins with the storks.
merge
"""
Make = Callable[[Mapping[str, str]], Publication]


def example_files() -> dict[str, bytes | str]:
    """The example, with the common schemas of the root."""
    common = {path: raw for path, raw in schemas().items() if path.startswith("schemas/common/")}
    own = {
        p.relative_to(EXAMPLE).as_posix(): p.read_bytes() for p in sorted(EXAMPLE.rglob("*")) if p.is_file()
    }
    return {**common, **{path: raw for path, raw in own.items() if not path.startswith("tooling/")}}


def publication_of(files: Mapping[str, bytes | str]) -> Publication:
    repo = load(MemorySource(files))
    rules = {"no-author": catalogue.all_rules(EXAMPLE)["no-author"]}
    report = engine.run(repo, rules.values(), TODAY)
    rows = coverage(repo, report, TODAY)
    texts = {rule.id: catalogue.page(rule) for rule in rules.values()}
    return Publication(repo, report, rows, Settings(repo), rules, texts, TODAY)


@pytest.fixture(autouse=True)
def no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the built sites runs in a thread, beside which nothing may fork. Undoes what on_serve sets."""
    monkeypatch.setattr(parallel, "WORTH_IT", sys.maxsize)


@pytest.fixture(scope="session")
def publication() -> Publication:
    """The example repository as it is."""
    return publication_of(example_files())


@pytest.fixture(scope="session")
def pages(publication: Publication) -> dict[str, Page]:
    """The pages of the example."""
    return pages_of(publication)


@pytest.fixture(scope="session")
def make() -> Make:
    """The example with some files added or replaced."""
    return lambda files: publication_of({**example_files(), **files})


@dataclass(frozen=True)
class Built:
    """A built site: its folder and what MkDocs complained about."""

    folder: Path
    warnings: list[str]


def _build_site(root: Path, target: Path, **options: Any) -> Built:
    """A strict build; complaints are collected, not printed."""
    collected: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: collected.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=True, **options))
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return Built(target, collected)


@pytest.fixture(scope="session")
def build_site() -> Callable[..., Built]:
    """Builds a repository's site into a folder."""
    return _build_site


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small SMS under control, after a revision was taken back, one superseded and a document withdrawn."""
    played, _ = play(STORY, tmp_path_factory.mktemp("story") / "repo")
    played.repo.switch("main")
    return played.repo.path


@pytest.fixture(scope="session")
def story_publication(story: Path) -> Publication:
    """What is published of it."""
    return replace(edition.publication_of(story, date(2026, 3, 1)), another_day=False)


@pytest.fixture(scope="session")
def story_pages(story_publication: Publication) -> dict[str, Page]:
    """Its pages."""
    return pages_of(story_publication)


@pytest.fixture(scope="session")
def built_story(
    story: Path, tmp_path_factory: pytest.TempPathFactory, build_site: Callable[..., Built]
) -> Built:
    """Its site."""
    shutil.copy(ROOT / "mkdocs.yml", story)
    (story / "tooling/site/docs").mkdir(parents=True)
    return build_site(story, tmp_path_factory.mktemp("story-site") / "site")


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example on disk with the root's mkdocs.yml, as a repository of its own."""
    root = tmp_path_factory.mktemp("repository")
    for path, raw in example_files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "tooling" / "site" / "docs").mkdir(parents=True)
    return root


@pytest.fixture(scope="session")
def built_example(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the example."""
    return _build_site(repository, tmp_path_factory.mktemp("example") / "site")


@pytest.fixture(scope="session")
def built_root(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the root, built once."""
    return _build_site(ROOT, tmp_path_factory.mktemp("root") / "site")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def address(built_root: Built, built_example: Built) -> Iterator[str]:
    """Where the site of the root is served; that of the example lies in /example/."""
    if not (built_root.folder / "example").exists():
        shutil.copytree(built_example.folder, built_root.folder / "example")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built_root.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: SMS_CHROMIUM, the system's, or Playwright's own."""
    system = os.environ.get("SMS_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        path = system if Path(system).exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()
