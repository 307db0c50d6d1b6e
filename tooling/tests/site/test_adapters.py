"""MkDocs and the folder get the same pages; what cannot be published is refused."""

import builtins
import io
import os
import re
import shutil
import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from support.memory import ROOT

from smsrepo.cli.main import cli
from smsrepo.errors import UserError
from smsrepo.load import parallel
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
        r"Built \d+ pages in \d+\.\d s into .*/site. To read them: sms site serve\n", result.output
    )
    assert "POL-001" in (tmp_path / "site" / "decisions" / "index.html").read_text()


def test_every_internal_link_leads_somewhere(publication) -> None:
    check_links(pages_of(publication))


def check_links(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for target in re.findall(r"\]\(((?!https?:)[^)#]+)", page.markdown):
            folder = (Path("/") / page.path).parent
            assert str((folder / target).resolve())[1:] in pages, f"{page.path} links to {target}"


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
    paths = ["register/policy.md", "register/policy-2.md", "register/policy-3.md"]
    listed = [rows(pages[path].markdown, "POL") for path in paths]
    assert [len(some) for some in listed] == [300, 300, 50]
    every = [id_ for some in listed for id_ in some]
    assert every == sorted(set(every))
    assert "[Page 2](../register/policy-2.md)" in pages["register/policy.md"].markdown
    assert rows(pages["register/service.md"].markdown, "SVC") == ["SVC-001"]
    shelf = pages["policies/index.md"].markdown
    assert len(rows(shelf, "POL")) == 300
    assert "[and 350 more](../register/policy.md)" in shelf
    check_links(pages)


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
    assert re.search(r"\[Decisions\].*\n.*>none open<.*\n.*>nothing left to decide<", home)
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


def copied(repository: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(repository, tmp_path / "copy"))


def test_unreadable_files_stop_the_site(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    (root / "policies" / "POL-001-mail-policy.md").write_text("---\nid: [\n---\n")
    with pytest.raises(UserError, match="1 file cannot be read") as refused:
        publication_of(root)
    assert refused.value.exit_code == 1
    for command in (["build", "--site-dir", str(tmp_path / "site")], ["pages", str(tmp_path / "pages")]):
        error = CliRunner().invoke(cli, ["-C", str(root), "site", *command]).exception
        assert isinstance(error, UserError)
        assert error.exit_code == 1
        assert "sms check" in error.hint
    assert not (tmp_path / "site").exists()


def test_build_as_of_another_day(repository: Path, tmp_path: Path) -> None:
    args = [
        "-C",
        str(repository),
        "site",
        "build",
        "--site-dir",
        str(tmp_path / "site"),
        "--as-of",
        "2027-03-01",
    ]
    assert CliRunner().invoke(cli, args).exit_code == 0
    assert "as of 2027-03-01" in (tmp_path / "site" / "register" / "index.html").read_text()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda root: (root / "mkdocs.yml").unlink(), "there is no mkdocs.yml"),
        (
            lambda root: (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: tooling/site/docs\n"),
            "does not use the plugin",
        ),
        (
            lambda root: (root / "mkdocs.yml").write_text("site_name: x\ntheme: nothing\n"),
            "the site cannot be built",
        ),
        (lambda root: (root / "tooling/site/docs/x.md").write_text("[x](nowhere.md)"), "nowhere.md"),
    ],
)
def test_build_says_what_is_wrong(change, message: str, repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    change(root)
    error = (
        CliRunner()
        .invoke(cli, ["-C", str(root), "site", "build", "--site-dir", str(tmp_path / "site")])
        .exception
    )
    assert isinstance(error, UserError)
    assert message in error.message


def test_site_never_replaces_the_repository(repository: Path) -> None:
    error = CliRunner().invoke(cli, ["-C", str(repository), "site", "build", "--site-dir", "."]).exception
    assert isinstance(error, UserError)
    assert (repository / "sms").is_dir()


def test_pages_go_to_an_empty_folder_only(repository: Path, tmp_path: Path) -> None:
    args = ["-C", str(repository), "site", "pages"]
    result = CliRunner().invoke(cli, [*args, str(tmp_path / "new")])
    assert re.fullmatch(r"Wrote \d+ pages to .*new\.\n", result.output)
    assert isinstance(CliRunner().invoke(cli, [*args, str(tmp_path / "new")]).exception, UserError)
    assert isinstance(CliRunner().invoke(cli, [*args, str(repository / "mkdocs.yml")]).exception, UserError)


def test_users_own_page_wins(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    (root / "tooling/site/docs/roles.md").write_text(
        "# Our own roles\n\n## Top management {#top-management}\n"
    )
    result = CliRunner().invoke(cli, ["-C", str(root), "site", "build", "--site-dir", str(tmp_path / "site")])
    assert result.exit_code == 0, result.exception
    assert "Our own roles" in (tmp_path / "site" / "roles" / "index.html").read_text()


def test_plugin_watches_the_folders_of_the_repository(repository: Path) -> None:
    config = load_config(str(repository / "mkdocs.yml"))
    plugin = config.plugins["smsrepo"]
    plugin.on_config(config)
    watched: list[str] = []
    plugin.on_serve(SimpleNamespace(watch=watched.append))
    assert {Path(path).name for path in watched} == {"catalog", "plans", "policies", "schemas", "slas", "sms"}


def test_served_site_survives_a_half_typed_file(repository: Path, tmp_path: Path) -> None:
    repository = Path(shutil.copytree(repository, tmp_path / "copy"))
    config = load_config(str(repository / "mkdocs.yml"))
    plugin = config.plugins["smsrepo"]
    plugin.on_startup(command="serve", dirty=False)
    plugin.on_config(config)
    good = plugin._good
    policy = next((repository / "policies").glob("*.md"))
    policy.write_text(policy.read_text().replace("title:", "title:\t"))
    plugin.on_config(config)
    assert plugin._good is good
    plugin.on_startup(command="build", dirty=False)
    with pytest.raises(PluginError, match=f"{policy.name}:"):
        plugin.on_config(config)


def test_server_rebuilds_without_fork(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = load_config(str(repository / "mkdocs.yml")).plugins["smsrepo"]
    plugin.on_config(load_config(str(repository / "mkdocs.yml")))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked beside the threads of the server"))
    monkeypatch.setattr(parallel, "WORTH_IT", 10)  # so few files are much work
    plugin.on_serve(SimpleNamespace(watch=lambda path: None))
    rebuilt = load_config(str(repository / "mkdocs.yml"))
    rebuilt.plugins["smsrepo"].on_config(rebuilt)


@pytest.mark.parametrize(("as_of", "message"), [("someday", "as_of"), ("2026-11-20", "")])
def test_plugin_option_as_of(as_of: str, message: str, repository: Path) -> None:
    config = load_config(str(repository / "mkdocs.yml"), plugins=[{"smsrepo": {"as_of": as_of}}])
    if not message:
        assert config.plugins["smsrepo"].on_config(config).extra["sms_as_of"] == as_of
        return
    with pytest.raises(PluginError, match=message):
        config.plugins["smsrepo"].on_config(config)


def test_plugin_outside_an_sms(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [smsrepo]\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    with pytest.raises(PluginError, match="there is no SMS"):
        config.plugins["smsrepo"].on_config(config)


def test_pages_without_directories(repository: Path, tmp_path: Path, build_site: Any) -> None:
    site = build_site(repository, tmp_path / "site", use_directory_urls=False)
    assert site.warnings == []
    html = (site.folder / "catalog" / "services" / "SVC-001.html").read_text()
    assert 'href="../../catalog/components/CI-001.html"><title>' in html


def test_edit_link_leads_to_the_source(repository: Path, tmp_path: Path, build_site: Any) -> None:
    forge = {"repo_url": "https://github.com/acme/sms", "edit_uri": "edit/main/"}
    site = build_site(
        repository,
        tmp_path / "site",
        theme={"name": "material", "features": ["content.action.edit"]},
        **forge,
    )
    html = (site.folder / "policies" / "POL-001" / "index.html").read_text()
    assert 'href="https://github.com/acme/sms/edit/main/policies/POL-001-mail-policy.md"' in html
    assert 'data-md-component="source"' not in html


def test_menu_lists_every_kind_of_record(built_root: Any) -> None:
    html = (built_root.folder / "records" / "index.html").read_text()
    for folder in ("actions", "changes", "measurements"):
        assert f'href="../sms/records/{folder}/" class="md-nav__link"' in html


def test_pages_come_from_the_publication_alone(publication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages_of(publication)
    again = replace(publication)  # nothing computed before is at hand

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page builder reads a file")

    with monkeypatch.context() as patch:
        for module, name in ((builtins, "open"), (io, "open"), (os, "open"), (Path, "open")):
            patch.setattr(module, name, refuse)
        patch.setattr(Path, "read_text", refuse)
        patch.setattr(Path, "read_bytes", refuse)
        after = pages_of(again)
    assert after == before
    assert list(after) == list(before)


def test_server_that_cannot_start_is_a_message(repository: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        error = CliRunner().invoke(cli, ["-C", str(repository), "site", "serve", "--port", port]).exception
    assert isinstance(error, UserError)
    assert f"port {port} cannot be used" in error.message


def test_configuration_is_neutral() -> None:
    assert "arbourline" not in (ROOT / "mkdocs.yml").read_text()
