"""Zensical builds the same site from the same pages, and lets through no more than MkDocs does."""

import json
from pathlib import Path
from typing import Any

import markdown
import pytest
from support.cli import sms
from support.copies import copied
from support.linkcheck import broken, links_of

from smsrepo.site.engines import with_zensical

OWN = 'Ours <b onclick="alert(1)">bold</b> and <script>alert(2)</script> and [roles](roles.md).\n'


@pytest.fixture(scope="module")
def zensical(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example, with a page of the user's own."""
    folder = tmp_path_factory.mktemp("zensical")
    root = copied(repository, folder)
    (root / "tooling/site/docs/own.md").write_text(OWN)
    (root / "tooling/site/docs/README.md").write_text("Not published.\n")
    target = folder / "site"
    (target / "assets").mkdir(parents=True)
    (target / "assets" / "sms.css").write_text("of an earlier build")
    (target / "left.html").write_text("of an earlier build")
    ran = sms("-C", root, "site", "build", "--engine", "zensical", "--site-dir", target)
    assert (ran.code, ran.err) == (0, "")
    return target


def html_paths(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def test_it_publishes_the_same_pages(zensical: Path, built_example: Any) -> None:
    assert html_paths(zensical) == html_paths(built_example.folder) | {"own/index.html"}


def test_every_link_leads_somewhere(zensical: Path) -> None:
    assert links_of(zensical) > 5000
    assert broken(zensical) == []


def test_drafts_are_out_of_search_and_crawlers(zensical: Path) -> None:
    index = json.loads((zensical / "search.json").read_text())
    places = {item["location"] for item in index["items"]}
    assert "policies/POL-001/" in places
    assert not [place for place in places if place.startswith("policies/POL-002/")]
    html = (zensical / "policies" / "POL-002" / "index.html").read_text()
    assert '<meta name="robots" content="noindex">' in html


def test_nothing_is_asked_of_another_network(zensical: Path) -> None:
    for path in zensical.rglob("*.html"):
        text = path.read_text()
        assert 'src="http' not in text, path
        assert "fonts.g" not in text, path
        assert not [tag for tag in text.split("<link ")[1:] if 'href="http' in tag.split(">")[0]], path


def test_theme_and_marks_are_those_of_mkdocs(zensical: Path, built_example: Any) -> None:
    said = ('<dl class="sms-facts">', 'class="sms-imprint"', "<strong>Demonstration", "assets/sms.css")
    for site in (zensical, built_example.folder):
        html = (site / "policies" / "POL-001" / "index.html").read_text()
        assert [words for words in said if words not in html] == []


def test_what_authors_smuggle_in_is_gone(zensical: Path) -> None:
    html = (zensical / "own" / "index.html").read_text()
    assert "bold" in html
    assert "alert(" not in html
    assert 'href="../roles/"' in html


def test_extension_sanitises_what_other_extensions_made() -> None:
    html = markdown.markdown(
        '[x](y){: onclick="alert(1)" }\n\n<iframe src="https://example.org"></iframe>',
        extensions=["attr_list", "smsrepo.site.engines.sanitised"],
    )
    assert html == '<p><a href="y">x</a></p>'


def test_broken_link_is_one_clear_error(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    (root / "tooling/site/docs/own.md").write_text("[x](nowhere.md)\n")
    ran = sms("-C", root, "site", "build", "--engine", "zensical", "--site-dir", tmp_path / "site")
    assert ran.code == 2
    assert "nowhere.md" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "site").exists()


def test_without_zensical_it_says_how_to_get_it(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(with_zensical, "find_spec", lambda name: None)
    ran = sms("-C", repository, "site", "build", "--engine", "zensical", "--site-dir", tmp_path / "site")
    assert ran.code == 3
    assert 'pip install "smsrepo[zensical]"' in ran.err
