"""Where pages lie: each has a path of its own, and links to it lead there."""

from dataclasses import replace
from typing import Any

import pytest

from smsrepo.site.documents.register import register_of
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.text.distinct import distinct, fit

SCRATCH = "---\ntype: policy\ntitle: {title}\n---\n# {title}\n\nThe {title} text.\n"
TYPE = """{{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Type {code}", "description": "Only this test has it.",
  "x-sms": {{"code": "{code}", "kind": "register", "plural": "{code}s", "prefix": "{code}", "folder": "sms/registers/odd"}},
  "allOf": [{{"$ref": "../common/control-header.schema.json"}}], "properties": {{"type": {{"const": "{name}"}}}}
}}"""


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a-2", "a-3"]),
        (["a", "A"], ["a", "A-2"]),
        (["a", "a-2", "a"], ["a", "a-2", "a-3"]),
        (["a", "a", "a-2"], ["a", "a-2", "a-2-2"]),
    ],
)
def test_names_are_distinct(wanted: list[str], given: list[str]) -> None:
    assert list(distinct({str(number): name for number, name in enumerate(wanted)}).values()) == given


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("policies/POL-001", "policies/POL-001"),
        ("plans/Größe 2.md", "plans/Größe-2-md"),
        ("a (b)/<c>", "a--b-/-c-"),
    ],
)
def test_names_are_fit_for_a_path(path: str, page: str) -> None:
    assert fit(path) == page


def test_no_text_is_lost_where_file_names_are_alike(make: Any) -> None:
    names = ["scratch note.md", "scratch-note.md", "Scratch-note.md", "scratch(note.md"]
    files = {f"policies/{name}": SCRATCH.format(title=f"No {n}") for n, name in enumerate(names)}
    pages = pages_of(make(files))
    for number in range(len(names)):
        assert sum(f"The No {number} text." in page.markdown for page in pages.values()) == 1


def test_types_with_names_alike_have_pages_of_their_own(make: Any) -> None:
    names = ["odd~one", "odd-one", "odd-one-2", "Odd-one"]
    schemas = {
        f"schemas/registers/{name}.schema.json": TYPE.format(name=name, code="Q" + "ABCD"[n])
        for n, name in enumerate(names)
    }
    publication: Publication = make(schemas)
    paths = [register_of(publication, publication.repo.types[n], page) for n in names for page in (1, 2)]
    assert len({path.casefold() for path in paths}) == len(names) * 2
    guide = [page for path, page in pages_of(publication).items() if path.startswith("guide/types/")]
    assert len(guide) == len(publication.repo.types)


@pytest.mark.parametrize(
    ("page", "target", "folders", "files"),
    [
        ("index.md", "index.md", "./", "index.html"),
        ("roles.md", "index.md", "../", "index.html"),
        ("policies/POL-001.md", "index.md", "../../", "../index.html"),
        ("index.md", "records/index.md", "records/", "records/index.html"),
        ("records/index.md", "records/index.md", "../records/", "../records/index.html"),
        ("policies/POL-001.md", "roles.md", "../../roles/", "../roles.html"),
        ("roles.md", "catalog/reindex.md", "../catalog/reindex/", "catalog/reindex.html"),
    ],
)
def test_addresses_that_no_engine_rewrites(
    page: str, target: str, folders: str, files: str, make: Any
) -> None:
    publication: Publication = make({})
    assert publication.address(page, target) == folders
    assert replace(publication, directory_urls=False).address(page, target) == files


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("A <b> & {{ c }}", 'title: "A &lt;b&gt; &amp; &#123;&#123; c }}"'),
        ("A\nbackground: url(//evil.example/x)", 'title: "A background: url(//evil.example/x)"'),
    ],
)
def test_front_matter_is_text_on_one_line(typed: str, line: str) -> None:
    text = Page("a.md", typed, "", imprint=typed).text
    assert line in text
    assert line.replace("title", "imprint") in text
