"""What readers find: a page by its id before all others, and what people work by before rules and records."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from support.cli import sms
from support.copies import copied

from smsrepo.site.page import Page, Rank

Search = Callable[[str], list[str]]
SEPARATOR = "[\\s_]+"
WORKERS = "assets/javascripts/workers"


@pytest.mark.parametrize(
    ("path", "rank"),
    [
        ("roles.md", Rank.ROLES),
        ("policies/POL-001.md", Rank.DOCUMENT),
        ("slas/SLA-001.md", Rank.DOCUMENT),
        ("catalog/services/SVC-001.md", Rank.DOCUMENT),
        ("sms/registers/customers/CUS-001.md", Rank.REGISTER_ENTRY),
        ("register.md", Rank.INDEX),
        ("guide/first-hour.md", Rank.INDEX),
        ("sms/records/actions/ACT-2026-0001.md", Rank.RECORD),
        ("rules.md", Rank.REFERENCE),
        ("rules/no-author.md", Rank.REFERENCE),
        ("guide/commands.md", Rank.REFERENCE),
        ("guide/commands/check.md", Rank.REFERENCE),
        ("guide/exit-codes.md", Rank.REFERENCE),
    ],
)
def test_each_kind_of_page_has_its_rank(path: str, rank: Rank, pages: dict[str, Page]) -> None:
    assert pages[path].rank is rank
    boosted = f'search: {{"boost": {rank.value}}}\n' in pages[path].text
    assert boosted is (pages[path].searchable and rank is not Rank.INDEX)


def index_of(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "search" / "search_index.json").read_text())
    return found


def test_index_names_pages_by_id_and_title(built_example: Any) -> None:
    titles = {entry["location"]: entry["title"] for entry in index_of(built_example.folder)["docs"]}
    assert titles["policies/POL-001/"].startswith("POL-001 Mail policy")
    assert titles["sms/records/actions/ACT-2026-0001/"].startswith("ACT-2026-0001 ")
    assert titles["register/"] == "Register of documents"
    assert not [title for place, title in titles.items() if "#" in place and title.startswith("POL-001")]
    html = (built_example.folder / "policies" / "POL-001" / "index.html").read_text()
    assert "POL-001 Mail policy" not in html.partition("<h1")[2].partition("</h1>")[0]


def test_separator_of_the_user_stays(repository: Path, tmp_path: Path, build_site: Any) -> None:
    root = copied(repository, tmp_path)
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("  - search\n", f"  - search: {{separator: '{SEPARATOR}'}}\n")
    )
    assert index_of(build_site(root, tmp_path / "site").folder)["config"]["separator"] == SEPARATOR


def test_order_of_plugins_does_not_matter(repository: Path, tmp_path: Path, build_site: Any) -> None:
    root = copied(repository, tmp_path)
    settings = root / "mkdocs.yml"
    turned = settings.read_text().replace("  - search\n  - smsrepo\n", "  - smsrepo\n  - search\n")
    settings.write_text(turned)
    found = index_of(build_site(root, tmp_path / "site").folder)
    assert "-(?!" in found["config"]["separator"]
    assert any(entry["title"].startswith("POL-001 Mail policy") for entry in found["docs"])


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(tab: Tab, home: str) -> None:
    """Opens the search of a site, and waits until the index is read."""
    tab.goto(home)
    tab.wait_for_function("typeof component$ !== 'undefined'")
    tab.locator("input.md-search__input").click()
    tab.locator(".md-search-result__meta", has_text="Type to start searching").wait_for()


def searched(tab: Tab, words: str) -> list[str]:
    """The addresses of what is listed at once, best first."""
    field = tab.locator("input.md-search__input")
    meta = tab.locator(".md-search-result__meta")
    for text, said in (("", "Type to start searching"), (words, "matching document")):
        field.fill(text)
        field.press("Shift")  # Material reads the field when a key is let go
        meta.filter(has_text=said).wait_for()
    return listed(tab)


def listed(tab: Tab) -> list[str]:
    links = tab.locator(".md-search-result__item > .md-search-result__link")
    found: list[str] = links.evaluate_all("links => links.map(link => link.href)")
    return [href.partition("?")[0] for href in found]


@pytest.fixture
def search(tab: Tab, address: str) -> Search:
    """Searches the site of the root; gives paths."""
    if tab.url != address:
        opened(tab, address)
    return lambda words: [href.removeprefix(address) for href in searched(tab, words)]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("POL-002", "policies/POL-002/"),
        ("pol-002", "policies/POL-002/"),
        ("SLA-001", "slas/SLA-001/"),
        ("SVC-002", "catalog/services/SVC-002/"),
        ("INC-2026-0001", "sms/records/incidents/INC-2026-0001/"),
        ("NCR-2026-0002", "sms/records/nonconformities/NCR-2026-0002/"),
    ],
)
def test_an_id_leads_to_its_page(typed: str, path: str, search: Search) -> None:
    assert search(typed)[0] == path


def test_enter_opens_the_page_of_an_id(search: Search, tab: Tab, address: str) -> None:
    search("INC-2026-0001")
    tab.locator("input.md-search__input").press("Enter")
    tab.wait_for_url(f"{address}sms/records/incidents/INC-2026-0001/*")


def test_pages_that_name_an_id_are_found_and_no_others(search: Search, tab: Tab) -> None:
    search("SLA-001")
    texts = tab.locator(".md-search-result__item").all_text_contents()
    assert all("SLA-001" in text for text in texts)


@pytest.mark.parametrize("typed", ["PRO-0", "PRO"])
def test_the_beginning_of_an_id_finds_documents_first(typed: str, search: Search) -> None:
    assert all("/PRO-0" in path for path in search(typed)[:10])


def kind_of(path: str) -> str:
    if path.startswith("roles/"):
        return "document"
    if path.startswith(("rules/", "guide/commands/", "guide/exit-codes/")):
        return "reference"
    if path.startswith("sms/records/") and path.count("/") > 3:
        return "record"
    in_force = path.rstrip("/").rpartition("/")[2].partition("#")[0]
    return "document" if in_force[-3:].isdigit() else "other"


def test_a_role_comes_before_records(search: Search) -> None:
    found = search("change manager")
    assert found[0] == "roles/"
    assert "record" not in map(kind_of, found)


@pytest.mark.parametrize("word", ["freeze", "overdue", "change policy", "incident"])
def test_no_rule_comes_before_a_document(word: str, search: Search, tab: Tab, address: str) -> None:
    search(word)
    # More is listed as readers scroll.
    place = tab.locator(".md-search__scrollwrap")
    for _ in range(20):
        place.evaluate("place => place.scrollTo(0, place.scrollHeight)")
        tab.wait_for_timeout(20)
    kinds = [kind_of(href.removeprefix(address)) for href in listed(tab)]
    assert kinds[0] == "document"
    if "reference" in kinds:
        assert "document" not in kinds[kinds.index("reference") :]


def test_words_with_hyphens_are_found_by_their_parts(search: Search) -> None:
    """Such as e-mail in the name of the service."""
    assert "catalog/services/SVC-002/" in search("business mail")


def test_words_with_digits_are_kept_apart(tab: Tab, address: str, built_root: Any) -> None:
    """States of the tree of words that differ must not be written alike: a search for a year would fail."""
    (worker,) = (built_root.folder / WORKERS).glob("search.*.min.js")
    tab.goto(address)
    tab.add_script_tag(url=f"{address}{WORKERS}/{worker.name}")
    written = tab.evaluate(
        """[{1: {id: 234}}, {1: {id: 2}, 3: {id: 4}}].map(
            edges => String(Object.assign(new lunr.TokenSet(), {edges})))"""
    )
    assert written[0] != written[1]


def test_ids_are_found_on_a_site_read_from_disk(repository: Path, tmp_path: Path, tab: Tab) -> None:
    target = tmp_path / "site"
    ran = sms("-C", repository, "site", "build", "--offline", "--site-dir", target)
    assert ran.code == 0, ran.err
    opened(tab, (target / "index.html").as_uri())
    found = searched(tab, "ACT-2026-0001")
    assert "/ACT-2026-0001.html" in found[0]
    tab.locator("input.md-search__input").press("Enter")
    tab.wait_for_url("**/ACT-2026-0001.html*")
