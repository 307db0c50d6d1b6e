"""Every revision at a permanent address, the archive, what changed with its feed, and the proof of approvals."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.scenario import play

from smsrepo.site.documents.changes import changes, last_year
from smsrepo.site.documents.changes_feed import feed
from smsrepo.site.edition import publication_of
from smsrepo.site.files import files_of
from smsrepo.site.navigation import menu
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.text.sanitise import sanitise

ATOM = "{http://www.w3.org/2005/Atom}"
SUPERSEDED_WORDS = "as the change manager announces each November"


@pytest.fixture(scope="module")
def published(pristine_past: Path) -> Publication:
    """The demonstration with its past."""
    return publication_of(pristine_past)


@pytest.fixture(scope="module")
def past(published: Publication) -> dict[str, Page]:
    """Its pages."""
    return pages_of(published)


# (page, watermark, what it says, what it does not say)
PAGES = {
    "superseded": (
        "policies/POL-002/1.0.md",
        "SUPERSEDED",
        [
            '!!! danger "Superseded: obsolete since 2026-06-15. Do not work by it"',
            "Work by [revision 2.0](../../policies/POL-002.md), in force since 2026-06-15.",
            "What changed since, word by word: [2.0](../../policies/POL-002/2.0.md#sms-changes).",
            SUPERSEDED_WORDS,
            "2025-12-01 to 2026-06-15",
            "2025-11-25 ([signature](#sms-proof))",
        ],
        ["Next review"],
    ),
    "what the one in force changed": (
        "policies/POL-002/2.0.md",
        "",
        ["Revision 2.0 is in force", f"<del>- Year end: the days around Christmas and New Year, {SUPERSEDED_WORDS};</del>",
         "<ins>- Year end: 15 December to 6 January;</ins>", "… 37 paragraphs unchanged"],
        ["## Purpose"],
    ),
    "of a withdrawn document": (
        "sms/procedures/PRO-003/1.0.md",
        "SUPERSEDED",
        [
            "Superseded: obsolete since 2025-12-03",
            "[The document was withdrawn on 2025-12-03](../../../sms/procedures/PRO-003.md). "
            "[PRO-001 Control of documents](../../../sms/procedures/PRO-001.md) has taken its place.",
        ],
        ["Work by"],
    ),
    "withdrawn": (
        "sms/procedures/PRO-003.md",
        "OBSOLETE",
        ["[PRO-001 Control of documents](../../sms/procedures/PRO-001.md) has taken its place.", "“Approved for withdrawal”"],
        [],
    ),
    "a draft of then": (
        "policies/POL-002/0.1.md",
        "DRAFT",
        ['!!! warning "Draft: not in force"', "Work by [revision 2.0]"],
        ["Proof of approval", "What it changed"],
    ),
    "to come": (
        "sms/registers/external-documents/EXT-005/1.1.md",
        "NOT YET IN FORCE",
        ['!!! warning "Approved, applies from 2027-01-01"', "Not yet in force. Work by [revision 1.0]", "review on the forge"],
        ["Do not work by it"],
    ),
    "history": (
        "policies/POL-002.md",
        "",
        [
            "| **2.0** <span class=\"sms-quiet\">(this page)</span> |",
            "| [1.0](../policies/POL-002/1.0.md) |",
            "| 2025-12-01 to 2026-06-15 |",
            "[word by word](../policies/POL-002/2.0.md#sms-changes)",
            "| [0.1](../policies/POL-002/0.1.md) |",
        ],
        [SUPERSEDED_WORDS],
    ),
    "proof": (
        "policies/POL-002.md",
        "",
        [
            "2026-06-15 ([signature](#sms-proof))",
            "<dd markdown=\"span\">2026-06-15, commit <code>",
            "<code>sha256:",
            "--ingrid-solheim--approve--",
            "<code>sms verify</code>",
        ],
        [],
    ),
    "archive": (
        "obsolete.md",
        "",
        [
            "1 withdrawn document, 21 past revisions",
            "| [PRO-003 Interim rules for documents](sms/procedures/PRO-003.md) | 1.1 | 2025-12-03 | "
            "[PRO-001 Control of documents](sms/procedures/PRO-001.md) |",
            "[revision 2.0](policies/POL-002.md)",
        ],
        ["POL-001"],
    ),
    "changes": (
        "changes.md",
        "",
        [
            "## Still to come",
            "| 2027-01-01 | [EXT-005",
            "## 2026-06-15 ",
            "1.0 → [2.0](policies/POL-002.md)",
            "[word by word](policies/POL-002/2.0.md#sms-changes)",
        ],
        [SUPERSEDED_WORDS],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "watermark", "said", "unsaid"), PAGES.values(), ids=PAGES)
def test_page(past: dict[str, Page], path: str, watermark: str, said: list[str], unsaid: list[str]) -> None:
    page = past[path]
    assert [words for words in said if words not in page.markdown] == []
    assert [words for words in unsaid if words in page.markdown] == []
    assert page.watermark == watermark
    assert (f'watermark: "{watermark}"' in page.text) == bool(watermark)


def test_no_past_revision_is_found_by_search_or_crawlers(
    published: Publication, past: dict[str, Page]
) -> None:
    numbered = [page for path, page in past.items() if re.search(r"/\d+\.\d+\.md$", path)]
    assert len(numbered) > 40
    assert [page.path for page in numbered if page.searchable] == []
    assert all('robots: "noindex"' in page.text for page in numbered)
    found = [path for path, page in past.items() if page.searchable and SUPERSEDED_WORDS in page.markdown]
    assert found == []


def test_every_revision_has_an_address(published: Publication, past: dict[str, Page]) -> None:
    """A page, or a small file that leads to the page of the document."""
    there = {address(path) for path in past} | files_of(published).keys()
    for id_, editions in published.editions.items():
        home = published.page_paths[published.repo.by_id[id_].path].removesuffix(".md")
        assert [e.number for e in editions if f"{home}/{e.number}/index.html" not in there] == [], id_


def address(path: str) -> str:
    return f"{path.removesuffix('.md').removesuffix('index').rstrip('/')}/index.html"


def test_first_revisions_lead_to_the_page_of_their_document(published: Publication) -> None:
    text = files_of(published)["catalog/components/CI-001/1.0/index.html"].decode()
    assert 'content="0; url=../../../../catalog/components/CI-001/"' in text
    assert '<meta name="robots" content="noindex">' in text
    flat = files_of(replace(published, directory_urls=False))
    assert (
        "url=../../../catalog/components/CI-001.html" in flat["catalog/components/CI-001/1.0.html"].decode()
    )


def test_every_link_of_the_new_pages_leads_somewhere(published: Publication, past: dict[str, Page]) -> None:
    there = past.keys() | files_of(published).keys() | published.images
    new = [page for path, page in past.items() if re.search(r"\d\.md$", path)]
    for page in [*new, past["changes.md"], past["obsolete.md"], past["policies/POL-002.md"]]:
        for target in re.findall(r"\]\(((?!https?:|mailto:|tel:)[^)#]+)", page.markdown):
            path = str((Path("/") / page.path).parent.joinpath(target).resolve())[1:]
            assert path in there, f"{page.path} links to {target}"


def test_the_menu_names_both(published: Publication, publication: Publication) -> None:
    entries = next(entry["Documents"] for entry in menu(published) if "Documents" in entry)
    assert {"What changed": "changes.md"} in entries
    assert {"Obsolete documents": "obsolete.md"} in entries
    before = next(entry["Documents"] for entry in menu(publication) if "Documents" in entry)
    assert {"What changed": "changes.md"} not in before


def test_before_control_began_there_is_nothing_of_this(
    publication: Publication, pages: dict[str, Page]
) -> None:
    assert not publication.editions
    assert {"changes.md", "obsolete.md"} & pages.keys() == set()
    assert files_of(publication).keys() & {"changes.xml"} == set()
    assert "Revision history" not in pages["policies/POL-001.md"].markdown


# --- the feed -----------------------------------------------------------------------------------------------------


def root_of(publication: Publication) -> ElementTree.Element:
    return ElementTree.fromstring(feed(publication)["changes.xml"])  # noqa: S314 - written by us


def entries_of(publication: Publication) -> list[ElementTree.Element]:
    return root_of(publication).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None
    return found.text or ""


def href(element: ElementTree.Element) -> str:
    found = element.find(f"{ATOM}link")
    assert found is not None
    return found.attrib["href"]


def test_the_feed_has_what_atom_asks_for(published: Publication) -> None:
    root = root_of(published)
    assert root.tag == f"{ATOM}feed"
    entries = entries_of(published)
    assert len(entries) == 100
    for element in (root, *entries):
        assert text(element, "id").startswith("urn:uuid:")
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00Z", text(element, "updated"))
        assert text(element, "title")
    assert text(root, "updated") == text(entries[0], "updated")
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    days = [text(entry, "updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_the_feed_tells_what_changed(published: Publication) -> None:
    entry = next(e for e in entries_of(published) if text(e, "title").startswith("POL-002"))
    assert text(entry, "title") == "POL-002 2.0 Change management policy: in force"
    assert text(entry, "summary").startswith("Sets the year-end freeze to fixed dates")
    assert not [e for e in entries_of(published) if text(e, "title").startswith("EXT-005 1.1")]


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        ("https://sms.example/", "https://sms.example/policies/POL-002/2.0/#sms-changes"),
        ("", "policies/POL-002/2.0/#sms-changes"),
    ],
)
def test_ids_stay_and_addresses_follow_the_site(site_url: str, expected: str, published: Publication) -> None:
    elsewhere = entries_of(replace(published, site_url=site_url))
    entry = next(e for e in elsewhere if text(e, "title").startswith("POL-002"))
    assert href(entry) == expected
    assert [text(e, "id") for e in elsewhere] == [text(e, "id") for e in entries_of(published)]


def test_what_xml_cannot_hold_is_left_out(published: Publication) -> None:
    edition = published.editions["POL-002"][-1]
    version = replace(
        edition.version, fields={**edition.version.fields, "summary_of_change": "A\x07 & <b>\ufffe"}
    )
    one = replace(published, editions={"POL-002": (replace(edition, version=version),)})
    assert text(entries_of(one)[0], "summary") == "A & <b>"


# --- states the demonstration does not have -------------------------------------------------------------------------

# (page, watermark, what it says)
TOLD = {
    "taken back": (
        "policies/POL-001/1.1.md", "OBSOLETE",
        ["Approval taken back on 2026-02-10. Do not work by it", "Work by [revision 1.0]", "“Approval taken back”"],
    ),
    "in review": ("policies/POL-001/1.2.md", "DRAFT", ["In review: not in force", "Work by [revision 1.0]"]),
    "draft": ("policies/POL-003/1.2.md", "DRAFT", ["Draft: not in force", "Work by [revision 1.1]", "<ins>"]),
    "withdrawn": ("policies/POL-002.md", "OBSOLETE", ["[POL-001 Policy](../policies/POL-001.md) has taken its place."]),
    "taken over": ("policies/POL-001.md", "", ["Nothing proves who approved it before that day", "before 2026-01-05"]),
    "changes": ("changes.md", "", ["## 2026-02-10", "approval taken back", "withdrawn", "new"]),
    "archive": ("obsolete.md", "", ["1 withdrawn document, 3 past revisions", "Revoked"]),
}  # fmt: skip


@pytest.mark.parametrize(("path", "watermark", "said"), TOLD.values(), ids=TOLD)
def test_told(story_pages: dict[str, Page], path: str, watermark: str, said: list[str]) -> None:
    assert [words for words in said if words not in story_pages[path].markdown] == []
    assert story_pages[path].watermark == watermark


def test_old_texts_bring_no_markup_and_no_broken_link(story_pages: dict[str, Page]) -> None:
    markdown = story_pages["policies/POL-001/1.1.md"].markdown
    assert "<script" not in markdown
    assert "](POL-009-gone.md)" not in markdown
    assert "better. See more." in markdown


DRAWN = """
on 2026-02-01
bob writes policies/plan.svg: first
bob issues POL-001 1.1 attachments=[plan.svg]: See ![the plan](plan.svg).
anna approves POL-001
merge
on 2026-02-10
"""
SECOND = "bob issues POL-001 1.2 attachments=[plan.svg]: Look at ![the plan](plan.svg).\nanna approves POL-001\nmerge"


@pytest.mark.parametrize(
    ("before", "shown", "differs"),
    [("", "![the plan](../../policies/plan.svg)", ""),
     ("bob writes policies/plan.svg: second\n", "the plan (picture policies/plan.svg of that time: not shown)",
      "<dt>Attachment</dt><dd>plan.svg: changed</dd>")],
)  # fmt: skip
def test_a_past_text_shows_no_picture_of_today(before: str, shown: str, differs: str, tmp_path: Path) -> None:
    played, _ = play(DRAWN + before + SECOND, tmp_path / "repo")
    played.repo.switch("main")
    pages = pages_of(publication_of(played.repo.path, date(2026, 3, 1)))
    assert f"See {shown}." in pages["policies/POL-001/1.1.md"].markdown
    assert ("<dt>Attachment</dt>" in pages["policies/POL-001/1.2.md"].markdown) == bool(differs)
    assert differs in pages["policies/POL-001/1.2.md"].markdown


def test_the_difference_survives_the_sanitiser(past: dict[str, Page]) -> None:
    html = past["policies/POL-002/2.0.md"].markdown
    counts = {tag: html.count(f"<{tag}>") for tag in ("ins", "del")}
    assert min(counts.values()) > 5
    cleaned = sanitise(html)
    assert {tag: cleaned.count(f"<{tag}>") for tag in counts} == counts
    heading = '<h2 data-search-exclude="data-search-exclude" id="sms-history">Revision history</h2>'
    assert sanitise(heading).count("data-search-exclude=") == 1


class Words(HTMLParser):
    """The words of a difference without those of one kind."""

    def __init__(self, without: str) -> None:
        super().__init__()
        self.without, self.inside, self.words = without, 0, ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside += tag == self.without

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == self.without

    def handle_data(self, data: str) -> None:
        self.words += "" if self.inside else data


@pytest.mark.parametrize(
    ("without", "said", "unsaid"),
    [
        ("del", "15 December to 6 January", SUPERSEDED_WORDS),
        ("ins", SUPERSEDED_WORDS, "15 December to 6 January"),
    ],
)
def test_each_side_of_the_difference_reads_as_its_text(
    without: str, said: str, unsaid: str, past: dict[str, Page]
) -> None:
    reader = Words(without)
    reader.feed(past["policies/POL-002/2.0.md"].markdown.partition('<div class="sms-diff">')[2])
    assert said in reader.words
    assert unsaid not in reader.words


def test_changes_are_those_of_a_year(published: Publication) -> None:
    year = last_year(published)
    assert year[0].on <= published.as_of
    assert all((published.as_of - change.on).days <= 366 for change in year)
    ids = [change.edition.id for change in changes(published)]
    assert ids[0] == "EXT-005"
    assert min(change.on for change in changes(published)) == date(2024, 12, 9)
