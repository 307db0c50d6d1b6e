"""What a reader meets who looks for something that is not done any more."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page(built_story, browser: Browser) -> Iterator[Page]:
    """A page of the browser at the site of the story, which asks nobody else."""
    assert built_story.warnings == []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built_story.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_address[1]}/")
    asked: list[str] = []
    found = context.new_page()
    found.on("request", lambda request: asked.append(request.url))
    yield found
    context.close()
    server.shutdown()
    server.server_close()
    assert [url for url in asked if not url.startswith(("http://127.0.0.1", "data:", "blob:"))] == []


# (what is searched for, the pages that are found)
SEARCHES = {
    "superseded": ("pelicans", set()),
    "in force": ("herons", {"/policies/POL-003/"}),
    "draft": ("storks", set()),
}


@pytest.mark.parametrize(("term", "expected"), SEARCHES.values(), ids=SEARCHES)
def test_search_finds_what_is_in_force(term: str, expected: set[str], page: Page) -> None:
    page.goto("")
    page.wait_for_function("typeof component$ !== 'undefined'")
    field = page.locator("input.md-search__input")
    field.click()
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for()
    field.fill(term)
    field.press("Shift")  # Material reads the field when a key is let go
    page.locator(".md-search-result__meta", has_text="matching document").wait_for()
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.pathname)")
    found = set(links)
    assert found == expected


def test_an_obsolete_revision_leads_to_what_has_taken_its_place(page: Page) -> None:
    page.goto("obsolete/")
    page.get_by_role("row", name="Superseded").get_by_role("link", name="POL-002 Changes").click()
    page.wait_for_url("**/policies/POL-002/1.0/")
    banner = page.locator(".admonition.danger")
    assert "Do not work by it" in banner.inner_text()
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    banner.get_by_role("link", name="The document was withdrawn").click()
    page.wait_for_url("**/policies/POL-002/")
    page.locator(".admonition.danger").get_by_role("link", name="POL-001 Policy").click()
    page.wait_for_url("**/policies/POL-001/")
    assert page.locator(".sms-control").get_by_text("Effective", exact=True).is_visible()


def test_a_permanent_address_leads_on_to_the_only_revision(page: Page) -> None:
    page.goto("policies/POL-001/1.0/")
    page.wait_for_url("**/policies/POL-001/")


def test_a_difference_reads_without_colour(page: Page) -> None:
    page.goto("policies/POL-003/1.1/#sms-changes")
    for tag, line in (("ins", "underline"), ("del", "line-through")):
        word = page.locator(f".sms-diff p {tag}").first
        assert line in word.evaluate("element => getComputedStyle(element).textDecorationLine")
    assert page.locator(".sms-diff p").filter(has_text="pelicans").locator("del").inner_text() == "pelicans."


def test_the_feed_is_named_in_the_head(page: Page) -> None:
    page.goto("policies/POL-001/")
    address = page.locator('link[type="application/atom+xml"]').evaluate("element => element.href")
    answer = page.request.get(address)
    assert answer.ok
    assert "<feed" in answer.text()
