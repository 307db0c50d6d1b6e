"""Building and serving: the plugin, the command line, and what they say when something is wrong."""

import builtins
import io
import os
import re
import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from support.copies import copied
from support.memory import ROOT

from smsrepo.cli.main import cli
from smsrepo.errors import UserError
from smsrepo.load import parallel
from smsrepo.site.edition import publication_of
from smsrepo.site.pages import pages_of


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
    plugin.on_serve(SimpleNamespace(watch=watched.append, builder=None))
    assert {Path(path).name for path in watched} == {"catalog", "plans", "policies", "schemas", "slas", "sms"}


def test_served_site_survives_a_half_typed_file(repository: Path, tmp_path: Path) -> None:
    repository = copied(repository, tmp_path)
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
    plugin.on_serve(SimpleNamespace(watch=lambda path: None, builder=None))
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
