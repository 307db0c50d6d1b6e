"""Explained words and wide matrices as readers meet them: with the keyboard, and on a phone."""

from playwright.sync_api import Browser, expect


def test_a_word_is_explained_to_the_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}sms/processes/PRC-013/")
    word = page.locator("a.sms-term").first
    meaning = word.get_attribute("title")
    assert meaning
    word.focus()
    expect(page.locator(".md-tooltip2--active")).to_have_text(meaning)
    page.keyboard.press("Enter")
    expect(page.locator("h3:target")).to_contain_text(word_of(page.url))
    page.close()


def word_of(url: str) -> str:
    """The word that an address of the glossary leads to."""
    return url.partition("#term-")[2].replace("-", " ").capitalize()


def test_names_of_processes_stay_while_roles_scroll(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}responsibilities/")
    frame, name = page.locator(".sms-matrix"), page.locator("tbody th[scope=row]").first
    before = name.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 200; }")
    assert frame.evaluate("frame => frame.scrollLeft") == 200
    assert name.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
