"""Pages that everybody can read: what axe finds, contrast of the palette, zoom, motion, keyboard, targets for a finger."""

from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
SHOWN = (
    "example/",
    "example/policies/POL-001/",
    "example/register/",
    "example/catalog/services/SVC-001/",
    "example/sms/records/changes/CHG-2026-0001/",
    "example/requirements/",
    "example/requirements/clause-4/",
    "example/roles/",
    "example/calendar/",
    "example/findings/",
    "slas/SLA-003/",
)


def _grave(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(view: str, browser: Browser, address: str) -> None:
    # Nothing but colours is different in the dark.
    options = {"runOnly": ["color-contrast"]} if view == "dark" else {}
    context = browser.new_context(**VIEWS[view])
    page = context.new_page()
    found = {}
    for path in SHOWN:
        response = page.goto(address + path, wait_until="load")
        assert response and response.ok, path
        page.wait_for_timeout(350)
        found[path] = _grave(page, options)
    page.goto(f"{address}example/")
    _search(page, "policy")
    found["search"] = _grave(page, options)
    context.close()
    assert {path: grave for path, grave in found.items() if grave} == {}


def _search(page: Page, text: str) -> None:
    """Opens the search by key, as Material's script allows once it runs, and waits for results."""
    page.wait_for_function("typeof component$ !== 'undefined'")
    page.locator("input.md-search__input").focus()
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for(state="attached")
    page.keyboard.type(text)
    page.locator(".md-search-result__item").first.wait_for(state="attached")


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT = ("ink", "quiet", "accent", "good", "part", "bad", "wait")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_palette_has_contrast(scheme: Any, browser: Browser, address: str) -> None:
    """Text 4.5 to 1, and edges of fields and the ring of the focus 3 to 1, on the page and on the wash."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}example/")
    names = [*(f"--sms-{name}" for name in (*TEXT, "edge", "wash")), "--md-default-bg-color"]
    read = "names => names.map(name => getComputedStyle(document.body).getPropertyValue(name).trim())"
    values = {name: _hex(value) for name, value in zip(names, page.evaluate(read, names), strict=True)}
    context.close()
    for ground in ("--md-default-bg-color", "--sms-wash"):
        for name in TEXT:
            assert _contrast(values[f"--sms-{name}"], values[ground]) >= 4.5, (name, ground)
        assert _contrast(values["--sms-edge"], values[ground]) >= 3, ground


def _hex(colour: str) -> str:
    """Material writes white in other ways."""
    return "#ffffff" if colour in ("#fff", "hsla(0,0%,100%,1)", "hsla(0, 0%, 100%, 1)") else colour


_BEYOND = """width => [...document.querySelectorAll('.md-container *')]
    .filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML.slice(0, 80)).slice(0, 9)"""


@pytest.mark.parametrize("width", [720, 320])
def test_zoomed_pages_need_no_sideways_scrolling(width: int, browser: Browser, address: str) -> None:
    """A window of 1440 zoomed to 200 %, and the narrowest that WCAG asks for."""
    context = browser.new_context(viewport={"width": width, "height": 450})
    page = context.new_page()
    wide = {}
    for path in SHOWN:
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide[path] = page.evaluate(_BEYOND, width)
    context.close()
    assert wide == {}


def test_nothing_moves_for_those_who_asked_so(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}example/register/")
    moving = (
        "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionProperty !== 'none')"
    )
    assert page.evaluate(f"{moving}.length") == 0
    context.close()


def test_page_says_its_language_and_orders_its_headings(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in SHOWN:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.lang") == "en"
        levels = page.locator(".md-content :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
            "found => found.map(e => +e.tagName[1])"
        )
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(then - before <= 1 for before, then in pairwise(levels)), (
            path,
            levels,
        )
        assert page.locator(".md-content th:not([scope])").count() == 0, path
    context.close()


def test_the_first_key_leads_past_the_menu(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}example/findings/")
    page.keyboard.press("Tab")
    assert "md-skip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    assert page.url.endswith("#findings")
    page.close()


def test_search_is_reached_and_followed_by_keys(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}example/findings/")
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for(state="attached")
    page.wait_for_timeout(1000)  # the theme listens to keys a moment after its search is ready
    page.keyboard.press("/")
    page.wait_for_function("document.getElementById('__search').checked", timeout=5000)
    page.keyboard.type("mail policy")
    page.locator(".md-search-result__meta", has_text="matching").wait_for(state="attached")
    page.wait_for_timeout(1500)  # while the words are typed the list is made anew with each letter
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.matches('a.md-search-result__link')", timeout=5000)
    chosen = page.evaluate("document.activeElement.href")
    assert "/example/" in chosen, chosen
    page.keyboard.press("Enter")
    page.wait_for_url(chosen)
    page.close()


def test_menu_of_the_phone_opens_and_closes_by_keys(browser: Browser, address: str) -> None:
    context = browser.new_context(**VIEWS["phone"])
    page = context.new_page()
    page.goto(f"{address}example/register/")
    page.wait_for_function("typeof component$ !== 'undefined'")
    menu = page.get_by_role("button", name="Menu")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('__drawer').checked")
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_function("!document.getElementById('__drawer').checked")
    assert menu.evaluate("e => e === document.activeElement")
    context.close()


def test_fingers_find_what_they_press(browser: Browser, address: str) -> None:
    """Controls are at least 24 px high and wide on a phone; links within text may be as small as the text."""
    context = browser.new_context(**VIEWS["phone"])
    page = context.new_page()
    page.goto(f"{address}register/")
    measured = page.locator(".md-content :is(button, input, select):visible").evaluate_all(
        "found => found.map(e => [e.textContent || e.type, e.offsetWidth, e.offsetHeight])"
    )
    context.close()
    assert len(measured) > 5
    assert [one for one in measured if min(one[1:]) < 24] == []
