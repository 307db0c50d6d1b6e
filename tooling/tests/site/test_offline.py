"""A site that is read from disk: search and links work, and nothing is asked of any network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from support.cli import sms
from support.copies import copied
from support.linkcheck import broken


@pytest.fixture(scope="module")
def offline(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built for reading from disk."""
    target = tmp_path_factory.mktemp("offline") / "site"
    ran = sms("-C", repository, "site", "build", "--offline", "--site-dir", target)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(f"To read them: open {target}/index.html\n")
    return target


@pytest.fixture
def tab(browser: Browser, offline: Path) -> Iterator[Tab]:
    """The home page in a browser that notes what is asked for and what goes wrong."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((offline / "index.html").as_uri())
    yield page
    context.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith("file:")] == []
    assert wrong == []


def test_search_finds_what_is_in_force_and_leads_there(tab: Tab) -> None:
    tab.wait_for_function("typeof component$ !== 'undefined'")
    field = tab.locator("input.md-search__input")
    field.click()
    tab.locator(".md-search-result__meta", has_text="Type to start searching").wait_for()
    field.press_sequentially("mail policy")
    found = tab.locator(".md-search-result__link", has_text="Mail policy").first
    found.wait_for()
    assert not any(
        "Next policy" in title for title in tab.locator(".md-search-result__item h1").all_inner_texts()
    )
    found.click()
    tab.wait_for_url("**/policies/POL-001.html*")
    assert tab.locator("h1").inner_text().startswith("Mail policy")


def test_drawings_lead_to_pages(tab: Tab, offline: Path) -> None:
    tab.goto((offline / "catalog" / "services" / "index.html").as_uri())
    tab.locator("svg.sms-graph a").first.click()
    tab.wait_for_url("**/*-001.html")
    assert tab.locator(".sms-control").is_visible()


def test_every_link_leads_to_a_file(offline: Path) -> None:
    assert broken(offline) == []
    assert not (offline / "404.html").exists()


def test_stand_in_for_workers_is_ours_and_has_its_licence(offline: Path) -> None:
    assert 'src="assets/iframe-worker.js"' in (offline / "index.html").read_text()
    assert "Permission is hereby granted" in (offline / "assets" / "iframe-worker.js").read_text()


def test_offline_in_mkdocs_yml_does_the_same(repository: Path, tmp_path: Path, build_site: Any) -> None:
    root = copied(repository, tmp_path)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - search\n", "  - search\n  - offline\n"))
    site = build_site(root, tmp_path / "site")
    assert site.warnings == []
    home = (site.folder / "catalog" / "services" / "index.html").read_text()
    assert "unpkg.com" not in home
    assert 'href="../../catalog/components/CI-001.html"><title>' in home
