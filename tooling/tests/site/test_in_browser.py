"""What readers meet: real pages in a real browser, which asks nobody but the site's own server."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 1000}
SHOWN = (
    "",
    "policies/POL-002/",
    "slas/SLA-003/",
    "catalog/services/",
    "register/",
    "requirements/clause-4/",
    "roles/",
    "rules/",
    "records/",
)


class Reader:
    """A page of the browser that fails on requests to anybody else and on errors in the console."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context = browser.new_context(**{"viewport": DESKTOP, **options})
        self.context.route("**/*", self._judge)
        self.page: Page = self.context.new_page()
        self.page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _judge(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()

    def read(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    found = Reader(browser, address)
    yield found
    found.context.close()
    assert found.outside == []
    assert found.errors == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Reader]:
    found = Reader(browser, address, viewport=PHONE, is_mobile=True, has_touch=True)
    yield found
    found.context.close()
    assert found.outside == []


def test_pages_load_nothing_from_elsewhere(reader: Reader) -> None:
    for path in SHOWN:
        assert reader.read(path).locator("h1").count() == 1, path
    # The document of the example holds a fence for Mermaid, which stays code.
    assert "graph LR" in reader.read("example/policies/POL-001/").locator("pre code").inner_text()


def test_search_finds_what_is_issued_and_no_drafts(reader: Reader) -> None:
    page = reader.read("example/")
    # Before the theme's script and its search worker run, what is typed is lost and no panel opens.
    page.wait_for_function("typeof component$ !== 'undefined'")
    field = page.locator("input.md-search__input")
    field.click()
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for()
    field.press_sequentially("policy")
    page.locator(".md-search-result__item h1", has_text="Mail policy").first.wait_for()
    titles = page.locator(".md-search-result__item h1").all_inner_texts()
    assert any("Mail policy" in title for title in titles)
    assert not any("Next policy" in title for title in titles)


def test_register_filters_and_sorts(reader: Reader) -> None:
    page = reader.read("register/")
    rows = page.locator(".sms-register tbody tr")
    everything = rows.count()
    page.get_by_label("Filter the table").fill("pol- policy")
    shown = page.locator(".sms-register tbody tr:visible")
    assert 0 < shown.count() < everything
    assert all(text.startswith("POL-") for text in shown.all_inner_texts())
    assert f"of {everything}" in page.locator(".sms-tools [role=status]").inner_text()
    page.get_by_label("Filter the table").fill("")
    heading = page.locator("th", has=page.get_by_role("button", name="Title"))
    titles = []
    for direction in ("ascending", "descending"):
        page.get_by_role("button", name="Title").click()
        assert heading.get_attribute("aria-sort") == direction
        titles.append(page.locator(".sms-register tbody td:nth-child(2)").all_inner_texts())
    assert titles[0][0].casefold() < titles[0][-1].casefold()
    assert titles[1][0].casefold() > titles[1][-1].casefold()


def test_register_is_narrowed_by_state(reader: Reader) -> None:
    page = reader.read("register/")
    rows = page.locator(".sms-register tbody tr:visible")
    everything = rows.count()
    choice = page.get_by_label("State", exact=True)
    for state in choice.locator("option").all_inner_texts()[1:]:
        choice.select_option(state)
        assert 0 < rows.count() < everything, state
        assert all(state in text for text in rows.all_inner_texts())
    choice.select_option("")
    assert rows.count() == everything


def test_a_cell_with_two_states_is_found_by_each(reader: Reader) -> None:
    """What is in force, and below it the revision that is in review."""
    page = reader.read("example/findings/")
    effective, both = (
        '<span class="sms-badge">Effective</span>',
        '<span class="sms-badge">Effective</span><br>1.1 <span class="sms-badge">In review</span>',
    )
    rows = "".join(
        f"<tr><td>{number}</td><td>{both if number == 3 else effective}</td></tr>" for number in range(9)
    )
    table = f"<table><thead><tr><th>No</th><th>State</th></tr></thead><tbody>{rows}</tbody></table>"
    page.locator(".md-content__inner").evaluate(
        "(place, html) => place.innerHTML = html", f'<div class="sms-register">{table}</div>'
    )
    page.add_script_tag(url=f"{reader.address}example/assets/sms.js")
    choice, shown = page.get_by_label("State", exact=True), page.locator(".sms-register tbody tr:visible")
    assert choice.locator("option").all_inner_texts() == ["State: all", "Effective", "In review"]
    for state, number in (("Effective", 9), ("In review", 1)):
        choice.select_option(state)
        assert shown.count() == number


SORTED = {
    "numbers": (
        ["10", "9.5", "1,200", "", "–"],
        ["9.5", "10", "1,200", "", "–"],
        ["1,200", "10", "9.5", "", "–"],
    ),
    "days": (
        ["2026-03-01", "", "2025-12-24"],
        ["2025-12-24", "2026-03-01", ""],
        ["2026-03-01", "2025-12-24", ""],
    ),
    "ids": (["A-10", "A-9", "a-1"], ["a-1", "A-9", "A-10"], ["A-10", "A-9", "a-1"]),
    "shares": (["99.5 %", "100 %", "9 %"], ["9 %", "99.5 %", "100 %"], ["100 %", "99.5 %", "9 %"]),
}


@pytest.mark.parametrize("kind", SORTED)
def test_columns_sort_as_people_read_them(kind: str, reader: Reader) -> None:
    """Empty cells come last in both directions."""
    values, rising, falling = SORTED[kind]
    page = reader.read("example/findings/")
    cells = "".join(f"<tr><td>{value}</td></tr>" for value in values)
    table = f"<table><thead><tr><th>Value</th></tr></thead><tbody>{cells}</tbody></table>"
    page.locator(".md-content__inner").evaluate(
        "(place, html) => place.innerHTML = html", f'<div class="sms-register">{table}</div>'
    )
    page.add_script_tag(url=f"{reader.address}example/assets/sms.js")
    for wanted in (rising, falling):
        page.get_by_role("button", name="Value").click()
        assert page.locator(".sms-register td").all_text_contents() == wanted


def test_register_is_complete_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}register/")
    assert page.locator(".sms-register tbody tr").count() > 10
    context.close()


@pytest.mark.parametrize("path", SHOWN)
def test_phone_needs_no_sideways_scrolling(path: str, phone: Reader) -> None:
    page = phone.read(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.evaluate("window.scrollTo(200, 0)")
    assert page.evaluate("window.scrollX") == 0


def test_paper_carries_the_control_line_and_no_menu(reader: Reader) -> None:
    page = reader.read("policies/POL-002/")
    assert not page.locator(".sms-imprint").is_visible()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    line = page.locator(".sms-imprint").inner_text()
    assert line.startswith("POL-002, revision ")
    assert "Uncontrolled when printed, printed 20" in line
    for hidden in (".md-header", ".md-sidebar--primary", ".md-tabs", ".md-footer"):
        assert not page.locator(hidden).first.is_visible()
    margins = page.evaluate(
        "[...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join(' ')"
    )
    assert "POL-002, revision" in margins


def test_keyboard_reaches_skip_link_and_search(reader: Reader) -> None:
    page = reader.read("policies/POL-002/")
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert "md-skip" in reached[0]
    assert any("md-search__input" in name for name in reached)
    page.keyboard.press("Escape")
    page.locator(".md-content a[href]").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_drawing_leads_to_pages(reader: Reader) -> None:
    page = reader.read("catalog/services/")
    page.locator("svg.sms-graph a").first.click()
    page.wait_for_load_state()
    assert page.locator(".sms-control").is_visible()


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(scheme: Any, browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{address}example/findings/")
    background = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    for path, selector in (
        ("example/findings/", ".sms-badge"),
        ("example/findings/", ".md-content td a"),
        ("example/", ".sms-badge--wait"),
        ("example/", ".sms-badge--bad"),
        ("example/", ".sms-tile__more"),
        ("example/roles/", "th"),
    ):
        page.goto(address + path)
        colour = luminance(page.locator(selector).first.evaluate("e => getComputedStyle(e).color"))
        lighter, darker = max(colour, background), min(colour, background)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (scheme, selector)
    context.close()
