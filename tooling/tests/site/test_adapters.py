"""MkDocs and the folder get the same pages; what cannot be published is refused."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.copies import copied
from support.linkcheck import dead_links

from smsrepo.cli.main import cli
from smsrepo.site.edition import publication_of
from smsrepo.site.folder import write
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of

SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Lunch menu",
  "description": "What there is to eat, day by day, in the canteen.",
  "x-sms": {
    "code": "LUN", "kind": "register", "plural": "Lunch menus", "prefix": "LUN", "folder": "sms/registers/lunch"
  },
  "allOf": [ { "$ref": "../common/control-header.schema.json" } ],
  "properties": {
    "type": { "const": "lunch" },
    "dishes": { "type": "array", "items": { "type": "string" }, "description": "The dishes of the day." }
  },
  "unevaluatedProperties": false
}"""
MENU = """id: LUN-001
type: lunch
title: Monday
revision: "1.0"
status: issued
owner: service-owner
author: ben-okoro
summary_of_change: First menu.
dishes: [soup, fish]
"""


ACTION = """id: ACT-2026-{0}
type: action
title: Number {0}
status: open
recorded_on: "2026-01-01"
recorded_by: ben-okoro
source: [SLA-001]
description: Do it.
owner: anna-nowak
due: "2026-12-01"
"""
POLICY = """---
id: POL-{0}
type: policy
title: Number {0}
revision: "1.0"
status: {1}
effective_from: "2026-03-01"
owner: top-management
author: ben-okoro
summary_of_change: First issue.
---
# Number {0}

Text.
"""


def site_paths(folder: Path) -> set[str]:
    """The pages of a built site, as the Markdown files they came from would be called."""
    found = {p.relative_to(folder).parent.as_posix() for p in folder.rglob("index.html")}
    return {path for path in found if not path.startswith("example")}


def address_of(path: str) -> str:
    return re.sub(r"(^|/)index$", "", path.removesuffix(".md")) or "."


def test_both_adapters_publish_the_same_pages(repository: Path, built_example, tmp_path: Path) -> None:
    number = write(pages_of(publication_of(repository)), {}, tmp_path / "pages")
    written = {p.relative_to(tmp_path / "pages").as_posix() for p in (tmp_path / "pages").rglob("*.md")}
    assert number == len(written)
    assert {address_of(path) for path in written} == site_paths(built_example.folder)


@pytest.mark.parametrize("which", ["built_root", "built_example"])
def test_strict_build_has_no_complaint(which: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(which).warnings == []


def test_generated_repository_builds(pristine_draft: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cli, ["-C", str(pristine_draft), "site", "build", "--site-dir", str(tmp_path / "site")]
    )
    assert result.exit_code == 0, result.output
    assert re.fullmatch(
        r"Built \d+ pages in \d+\.\d s into .*/site. To read them: python3 -m http.server --directory .*/site\n",
        result.output,
    )
    assert "POL-001" in (tmp_path / "site" / "decisions" / "index.html").read_text()


def test_every_internal_link_leads_somewhere(publication) -> None:
    assert dead_links(pages_of(publication)) == []


def test_every_page_has_one_title(built_root) -> None:
    for path in built_root.folder.rglob("index.html"):
        assert path.read_text().count("<h1") == 1, path


def test_tables_have_scope_and_pages_a_language(built_example) -> None:
    html = (built_example.folder / "register" / "index.html").read_text()
    assert '<html lang="en"' in html
    assert re.findall(r"<th(?![a-z])[^>]*>", html)
    assert all('scope="col"' in head for head in re.findall(r"<th(?![a-z])[^>]*>", html))


def test_drafts_are_marked_and_kept_out_of_search_and_site_map(built_example) -> None:
    folder = built_example.folder
    assert "POL-002" not in (folder / "sitemap.xml").read_text()
    assert (
        "POL-001" in (folder / "sitemap.xml").read_text()
        or "policies" not in (folder / "sitemap.xml").read_text()
    )
    assert '"location":"policies/POL-002/' not in (folder / "search" / "search_index.json").read_text()
    assert '"location":"policies/POL-001/' in (folder / "search" / "search_index.json").read_text()
    html = (folder / "policies" / "POL-002" / "index.html").read_text()
    assert '<meta name="robots" content="noindex">' in html
    assert "This text is not in force" in html


def test_new_type_gets_pages_without_python(make) -> None:
    publication = make(
        {"schemas/registers/lunch.schema.json": SCHEMA, "sms/registers/lunch/LUN-001-monday.yml": MENU}
    )
    pages = pages_of(publication)
    assert "soup, fish" in pages["sms/registers/lunch/LUN-001.md"].markdown
    assert (
        "[Monday](../../../sms/registers/lunch/LUN-001.md)" in pages["sms/registers/lunch/index.md"].markdown
    )
    assert "[LUN-001](sms/registers/lunch/LUN-001.md)" in pages["register.md"].markdown


def test_misfits_have_pages_too(make) -> None:
    odd = (
        "id: [1]\ntype: customer\ntitle: 7\nrevision: 2\nstatus: nonsense\nowner: nobody\n"
        "contacts: oops\nmore: {a: [1, {b: c}]}\n"
    )
    page = pages_of(make({"sms/registers/customers/CUS-odd.yml": odd}))[
        "sms/registers/customers/CUS-odd-yml.md"
    ]
    assert "oops" in page.markdown


def test_long_lists_of_records_continue_on_older_pages(make) -> None:
    files = {f"sms/records/actions/ACT-2026-{n}-number.yml": ACTION.format(n) for n in range(1000, 1310)}
    pages = pages_of(make(files))
    assert pages["sms/records/actions/index.md"].markdown.count("\n| [ACT") == 300
    assert pages["sms/records/actions/older-2.md"].markdown.count("\n| [ACT") == 12
    assert "and 299 more" in pages["slas/SLA-001.md"].markdown
    assert "312 records, 311 open." in pages["sms/records/actions/index.md"].markdown


def policies(number: int) -> dict[str, str]:
    states = ("issued", "draft")
    return {
        f"policies/POL-{n}-number.md": POLICY.format(n, states[n % 2]) for n in range(2000, 2000 + number)
    }


def rows(markdown: str, prefix: str) -> list[str]:
    return re.findall(rf"^\| \[({prefix}-\d+)\]", markdown, re.MULTILINE)


def test_long_register_is_split_by_type(make) -> None:
    pages = pages_of(make(policies(648)))  # the example has two policies, and four other entries
    register = pages["register.md"].markdown
    assert "654 controlled documents: 328 issued, 325 in draft, 1 obsolete" in register
    assert "| [Policies](register/policy.md) | 650 | 325 | 325 | 0 |" in register
    assert "POL-001" not in register
    paths = ["register/policy.md", "register/policy/2.md", "register/policy/3.md"]
    listed = [rows(pages[path].markdown, "POL") for path in paths]
    assert [len(some) for some in listed] == [300, 300, 50]
    every = [id_ for some in listed for id_ in some]
    assert every == sorted(set(every))
    assert "[Page 2](../register/policy/2.md)" in pages["register/policy.md"].markdown
    assert rows(pages["register/service.md"].markdown, "SVC") == ["SVC-001"]
    shelf = pages["policies/index.md"].markdown
    assert len(rows(shelf, "POL")) == 300
    assert "[and 350 more](../register/policy.md)" in shelf
    assert dead_links(pages) == []


def test_no_page_grows_with_the_number_of_documents(make) -> None:
    few, many = (pages_of(make(policies(number))) for number in (648, 1248))
    assert longest(many) < longest(few) + 1000


def longest(pages: dict[str, Page]) -> int:
    return max(len(page.markdown) for page in pages.values())


def test_short_register_is_one_page(make) -> None:
    pages = pages_of(make(policies(294)))
    assert len(rows(pages["register.md"].markdown, "POL")) == 296
    assert not [path for path in pages if path.startswith("register/")]
    assert [path for path in pages_of(make(policies(295))) if path.startswith("register/")]


@pytest.mark.parametrize(
    ("id_", "folder", "name"),
    [
        ("POL-12345", "policies", "md"),
        ("POL-123456", "policies", "md"),
        ("ACT-2026-123456", "sms/records/actions", "yml"),
    ],
)
def test_long_ids_are_ids(id_: str, folder: str, name: str, make) -> None:
    text = POLICY.format(id_[4:], "issued") if name == "md" else ACTION.format(id_.removeprefix("ACT-2026-"))
    pages = pages_of(make({f"{folder}/{id_}-long.{name}": text, "policies/POL-003-x.md": naming(id_)}))
    assert f"{folder}/{id_}.md" in pages
    assert (
        f"Read [{id_}](../{folder}/{id_}.md) and X{id_}, {id_}0000." in pages["policies/POL-003.md"].markdown
    )


def naming(id_: str) -> str:
    return POLICY.format("003", "issued").replace("Text.", f"Read {id_} and X{id_}, {id_}0000.")


def test_nothing_open_is_said_in_words(make) -> None:
    taken = Path(__file__).parent / "example/policies/POL-002-next-policy.md"
    text = re.sub(r"<!--\s*decide:.*?-->", "", taken.read_text(), flags=re.DOTALL)
    home = pages_of(make({"policies/POL-002-next-policy.md": text}))["index.md"].markdown
    assert re.search(r"\[Decisions\]\(decisions\.md\) none open .*>nothing left to decide<", home)
    assert "only you can take them" not in home


def test_pictures_are_published_and_nothing_from_outside(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    (root / "policies" / "chart one.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (root / "tooling" / "linked.png").symlink_to(tmp_path / "secret.png")
    text = (root / "policies" / "POL-001-mail-policy.md").read_text()
    shown = (
        "\n![Chart](<chart one.png>) ![Linked](../tooling/linked.png) ![Far](https://evil.example/x.png)\n"
    )
    (root / "policies" / "POL-001-mail-policy.md").write_text(text + shown)
    assert CliRunner().invoke(cli, ["-C", str(root), "site", "pages", str(tmp_path / "pages")]).exit_code == 0
    assert "![Chart](../policies/chart%20one.png)" in (tmp_path / "pages/policies/POL-001.md").read_text()
    assert (tmp_path / "pages/policies/chart one.png").read_bytes() == b"\x89PNG"
    assert not (tmp_path / "pages/tooling").exists()
    (root / "tooling" / "linked.png").unlink()
    result = CliRunner().invoke(cli, ["-C", str(root), "site", "build", "--site-dir", str(tmp_path / "site")])
    assert result.exit_code == 0, result.exception
    assert (tmp_path / "site/policies/chart one.png").is_file()
    html = (tmp_path / "site/policies/POL-001/index.html").read_text()
    assert '<img alt="Chart" src="../chart%20one.png">' in html
    assert 'src="https://evil' not in html
