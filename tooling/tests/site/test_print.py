"""What lies on the printer: every sheet says what it is, and that it is not controlled."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

Sheets = Callable[[str], list[str]]


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def sheets(paper: Page, address: str) -> Sheets:
    """The text of each sheet of a page as it is printed; blanks count once."""

    def printed(path: str) -> list[str]:
        paper.goto(address + path)
        reader = PdfReader(BytesIO(paper.pdf(prefer_css_page_size=True)))
        return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in reader.pages]

    return printed


@pytest.mark.parametrize(
    ("path", "imprint"),
    [
        ("policies/POL-002/", r"POL-002, revision \d+\.\d+, \w+ · Internal"),
        ("example/policies/POL-001/", r"POL-001, revision 1\.0, issued · Internal"),
        ("example/register/", r"Register of documents, as of \d{4}-\d\d-\d\d"),
    ],
)
def test_each_sheet_carries_what_it_is(path: str, imprint: str, sheets: Sheets) -> None:
    found = sheets(path)
    for number, text in enumerate(found, 1):
        assert re.search(imprint, text), number
        assert "Uncontrolled when printed" in text, number
        assert f"page {number} of {len(found)}" in text
        assert f"Printed {date.today()}" in text
        assert not re.search("SUPERSEDED|OBSOLETE|DRAFT|NOT YET", text), number


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("example/policies/POL-002/", "DRAFT"),
        ("sms/registers/external-documents/EXT-005/", "NOT YET IN FORCE"),
    ],
)
def test_each_sheet_that_nobody_works_by_is_marked(path: str, mark: str, sheets: Sheets) -> None:
    for text in sheets(path):
        assert mark in text


def test_menu_and_tools_stay_on_the_screen(sheets: Sheets) -> None:
    text = " ".join(sheets("register/"))
    for word in ("Skip to content", "Table of contents", "Conformity", "State: all", "http://127"):
        assert word not in text, word


def test_heads_of_a_table_are_on_each_of_its_sheets(sheets: Sheets) -> None:
    found = sheets("register/")
    assert len(found) > 3
    assert all("Next review Owner" in text for text in found[:-1])


def test_a_filtered_table_says_so(paper: Page, address: str) -> None:
    paper.goto(f"{address}register/")
    paper.get_by_label("Filter the table").fill("POL-002")
    text = PdfReader(BytesIO(paper.pdf())).pages[0].extract_text()
    assert re.search(r"Filtered: 1 of \d+", text)
