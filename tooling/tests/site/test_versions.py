"""Versions of the site: what stands in versions.json, what is published once and for all, and what is refused."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page
from support.cli import Ran
from support.gitrepo import GitRepo, run_git
from support.releases import ADDRESS, FIRST, SECOND, as_anna, clone

from smsrepo.errors import UserError
from smsrepo.site import edition
from smsrepo.site.published import folder as folder_module
from smsrepo.site.published import publishing
from smsrepo.site.published.shelf import files_of
from smsrepo.site.published.versions import Version, read, render, with_version

BRANCH = "gh-pages"
EVERY = {"index.html", "versions.json", ".nojekyll"}


@pytest.fixture
def repo(pristine_released: Path, tmp_path: Path) -> GitRepo:
    return clone(pristine_released, tmp_path / "repo")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of two pages instead of all of them; what was built."""
    built: list[str] = []

    def build(config: MkDocsConfig) -> None:
        root, site = Path(config.config_file_path).parent, Path(config.site_dir)
        (site / "policies").mkdir(parents=True)
        (site / "index.html").write_text("Home")
        (site / "policies/POL-001.html").write_bytes((root / "policies/POL-001-policy.md").read_bytes())
        config.extra["sms_as_of"] = config.plugins["smsrepo"].config["as_of"] or "2026-03-01"
        built.append(config.plugins["smsrepo"].config["version"])

    monkeypatch.setattr(publishing, "build", build)
    return built


class Place:
    """A folder or a branch, published to and looked at in the same way."""

    def __init__(self, repo: GitRepo, folder: Path | None) -> None:
        self.repo, self.folder = repo, folder
        self.words = ("--to", folder) if folder else ("--branch", BRANCH)

    def publish(self, *arguments: str) -> Ran:
        return as_anna("-C", self.repo.path, "site", "publish", *arguments, *self.words)

    def files(self) -> dict[str, str]:
        if self.folder:
            found = [p for p in self.folder.rglob("*") if p.is_file()] if self.folder.exists() else []
            return {p.relative_to(self.folder).as_posix(): p.read_text() for p in found}
        if not self.repo.git("for-each-ref", f"refs/heads/{BRANCH}"):
            return {}
        names = self.repo.git("ls-tree", "-r", "--name-only", BRANCH).splitlines()
        return {name: run_git(self.repo.path, "show", f"{BRANCH}:{name}") for name in names}

    def listed(self) -> list[tuple[str, str, list[str]]]:
        entries = json.loads(self.files()["versions.json"])
        return [(one["version"], one["title"], one["aliases"]) for one in entries]

    def change(self, name: str, text: str | None) -> None:
        """Somebody writes or removes (None) a file by hand."""
        if self.folder:
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink() if text is None else file.write_text(text)
            return
        tree = self.repo.path.parent / "pages"
        self.repo.git("worktree", "add", "--quiet", "--force", str(tree), BRANCH)
        pages = GitRepo(tree)
        if text is None:
            (tree / name).unlink()
        else:
            pages.write(name, text)
        pages.commit("By hand")
        self.repo.git("worktree", "remove", "--force", str(tree))


@pytest.fixture(params=["folder", "branch"])
def place(request: pytest.FixtureRequest, repo: GitRepo, builds: list[str], tmp_path: Path) -> Place:
    return Place(repo, tmp_path / "public" if request.param == "folder" else None)


def test_baselines_side_by_side(place: Place, builds: list[str]) -> None:
    assert place.publish("--tag", FIRST).code == 0
    first = place.files()
    assert set(first) == EVERY | {
        f"{n}/{p}" for n in (FIRST, "latest") for p in ("index.html", "policies/POL-001.html")
    }
    said = place.publish("--tag", SECOND, "--alias", "audit", "--title", "Autumn & more")
    assert said.out.startswith(f"Published {SECOND} "), said.err
    read_it = f"To read it: python3 -m http.server --directory {place.folder}\n" if place.folder else ""
    assert said.out.partition("\n")[2] == read_it
    assert "also as latest, audit: 2 pages as of 20" in said.out
    second = place.files()
    assert place.listed() == [(SECOND, "Autumn & more", ["latest", "audit"]), (FIRST, FIRST, [])]
    assert {n: t for n, t in second.items() if n.startswith(FIRST)} == {
        n: t for n, t in first.items() if n.startswith(FIRST)
    }
    for name in ("latest", "audit"):
        assert second[f"{name}/policies/POL-001.html"] == second[f"{SECOND}/policies/POL-001.html"]
    assert "We serve better." in second[f"{SECOND}/policies/POL-001.html"]
    assert "We serve better." not in second[f"{FIRST}/policies/POL-001.html"]
    assert 'content="0; url=latest/"' in second["index.html"]
    assert builds == [FIRST, SECOND]


def test_a_baseline_is_built_once(place: Place, builds: list[str]) -> None:
    for name in (FIRST, SECOND):
        place.publish("--tag", name)
    before = place.files()
    again = place.publish("--tag", FIRST)
    assert (again.code, "Nothing to do" in again.out) == (0, True), again.err
    assert (place.files(), len(builds)) == (before, 2)


def test_an_older_baseline_does_not_become_the_one_in_force(place: Place) -> None:
    for name in (SECOND, FIRST):
        place.publish("--tag", name)
    assert place.listed() == [(SECOND, SECOND, ["latest"]), (FIRST, FIRST, [])]


def test_aliases_and_titles_change_without_a_build(place: Place, builds: list[str]) -> None:
    for name in (FIRST, SECOND):
        place.publish("--tag", name)
    said = place.publish("--tag", FIRST, "--default", "--alias", "kept", "--title", "Spring")
    assert "its title and aliases are new, also as latest, kept." in said.out, said.err
    assert place.listed() == [(SECOND, SECOND, []), (FIRST, "Spring", ["latest", "kept"])]
    files = place.files()
    assert files["latest/policies/POL-001.html"] == files[f"{FIRST}/policies/POL-001.html"]
    assert len(builds) == 2


def test_what_moves_is_replaced_when_asked(place: Place, builds: list[str]) -> None:
    place.publish("--tag", FIRST)
    place.publish("--version", "current", "--title", "In force", "--default")
    assert "Nothing to do" in place.publish("--version", "current").out
    (place.repo.path / "policies/POL-001-policy.md").write_text("Changed.")
    before = place.files()
    refused = place.publish("--version", "current")
    assert (refused.code, "with other content" in refused.err) == (2, True)
    assert place.files() == before
    assert place.publish("--version", "current", "--replace").code == 0
    files = place.files()
    assert files["current/policies/POL-001.html"] == files["latest/policies/POL-001.html"] == "Changed."
    place.publish("--tag", SECOND)
    assert place.listed() == [("current", "In force", ["latest"]), (SECOND, SECOND, []), (FIRST, FIRST, [])]


def test_what_others_published_stays(place: Place) -> None:
    place.publish("--tag", FIRST)
    place.change("CNAME", "sms.example\n")
    entries = json.loads(place.files()["versions.json"])
    other = {"version": "0.9", "title": "Before", "aliases": [], "properties": {"hidden": True}}
    place.change("versions.json", json.dumps([*entries, other]))
    place.change("0.9/index.html", "Old")
    place.publish("--tag", SECOND)
    files = place.files()
    assert (files["CNAME"].strip(), files["0.9/index.html"]) == ("sms.example", "Old")
    assert json.loads(files["versions.json"])[-1] == other


def publish(*arguments: str) -> Callable[[Place], Any]:
    return lambda place: place.publish(*arguments)


def by_hand(name: str, text: str | None) -> Callable[[Place], Any]:
    return lambda place: place.change(name, text)


def move_tag(place: Place) -> None:
    """2026.1 is deleted and made anew, of what is there now."""
    place.repo.git("tag", "--delete", FIRST)
    assert as_anna("-C", place.repo.path, "baseline", FIRST).code == 0


# (what happened after 2026.1 was published, arguments, words)
REFUSED = {
    "nothing named": ([], [], "say what to publish"),
    "two things": ([], ["--tag", SECOND, "--version", "dev"], "say what to publish"),
    "no such baseline": ([], ["--tag", "2027.1"], "there is no baseline `2027.1`"),
    "a baseline replaced": ([], ["--tag", FIRST, "--replace"], "a baseline is never replaced"),
    "no name": ([], ["--version", "a/b"], "`a/b` is no name for a version"),
    "no alias": ([], ["--version", "dev", "--alias", ".."], "`..` is no name for an alias"),
    "a baseline's name": ([], ["--version", FIRST, "--replace"], "is a baseline, and baselines never change"),
    "pages changed": ([by_hand(f"{FIRST}/index.html", "Other")], ["--tag", FIRST], "no longer those that were published"),
    "pages gone": ([by_hand(f"{FIRST}/index.html", None)], ["--tag", FIRST], "no longer those that were published"),
    "pages added": ([by_hand(f"{FIRST}/more.html", "x")], ["--tag", FIRST], "no longer those that were published"),
    "another baseline changed": ([by_hand(f"{FIRST}/index.html", "Other")], ["--tag", SECOND], f"the pages of the baseline {FIRST} are no longer"),
    "what moves beside it": ([by_hand(f"{FIRST}/index.html", "Other")], ["--version", "current"], f"the pages of the baseline {FIRST} are no longer"),
    "an alias in another case": ([], ["--version", "dev", "--alias", "LATEST"], "`LATEST` cannot be the name of an alias"),
    "the tag moved": ([move_tag], ["--tag", FIRST], "but its tag is at"),
    "a version's name": ([publish("--version", SECOND)], ["--tag", SECOND], "is on the site already, and is no baseline"),
    "an alias as a version": ([], ["--version", "latest"], "`latest` cannot be the name of a version"),
    "a version as an alias": ([], ["--tag", SECOND, "--alias", FIRST], f"`{FIRST}` cannot be published"),
    "an alias of itself": ([], ["--tag", SECOND, "--alias", SECOND], f"`{SECOND}` cannot be published"),
    "another case": ([], ["--version", "Latest"], "`Latest` cannot be the name of a version"),
    "something else": ([by_hand("dev/x.html", "x")], ["--version", "dev"], "`dev` is there already"),
    "an unreadable list": ([by_hand("versions.json", "{")], ["--tag", SECOND], "versions.json cannot be read"),
    "a list of nonsense": ([by_hand("versions.json", "[1]")], ["--tag", SECOND], "versions.json cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_refused(
    before: list[Callable[[Place], Any]], arguments: list[str], words: str, place: Place
) -> None:
    assert place.publish("--tag", FIRST).code == 0
    for step in before:
        step(place)
    files, beside = place.files(), sorted(place.repo.path.parent.iterdir())
    ran = place.publish(*arguments)
    assert (ran.code, ran.out, ran.err.count("Error: ")) == (2, "", 1), ran.err
    assert words in ran.err
    assert (place.files(), sorted(place.repo.path.parent.iterdir())) == (files, beside)


# (arguments, words): where to
NOWHERE = {
    "not said": ([], "say where to publish"),
    "both": (["--to", "x", "--branch", BRANCH], "say where to publish"),
    "over the repository": (["--to", "."], ". holds the repository"),
    "around the repository": (["--to", ".."], ".. holds the repository"),
    "a file": (["--to", "mkdocs.yml"], "mkdocs.yml is a file"),
    "a folder with something": (["--to", "policies"], "policies is not empty, and holds no versions.json"),
    "the main branch": (["--branch", "main"], "`main` is the branch you work on"),
    "no branch": (["--branch", "a..b"], "`a..b` is no name for a branch"),
    "a folder pushed": (["--to", "x", "--push"], "--push needs --branch"),
}


@pytest.mark.parametrize(("arguments", "words"), NOWHERE.values(), ids=NOWHERE)
def test_no_place(arguments: list[str], words: str, repo: GitRepo, builds: list[str]) -> None:
    ran = as_anna("site", "publish", "--tag", FIRST, *arguments, cwd=repo.path)
    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert (builds, repo.git("status", "--porcelain")) == ([], "")


# (branch, what it holds)
FOREIGN = {"a site of others": (BRANCH, {"index.html": "Ours"}), "sources": ("develop", {"src/a.py": "pass"})}


@pytest.mark.parametrize(("branch", "files"), FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_branch_is_left_alone(
    branch: str, files: dict[str, str], repo: GitRepo, builds: list[str]
) -> None:
    repo.git("switch", "--quiet", "--orphan", branch)
    for name, text in files.items():
        repo.write(name, text)
    tip = repo.commit("Something else")
    repo.switch("main")
    ran = as_anna("site", "publish", "--tag", FIRST, "--branch", branch, cwd=repo.path)
    assert (ran.code, ran.out) == (2, "")
    assert (
        f"the branch {branch} is not empty, and holds no versions.json, but {next(iter(files))[:3]}"
        in ran.err
    )
    assert (repo.git("rev-parse", branch), builds) == (tip, [])


def test_a_branch_of_another_worktree_is_left_alone(repo: GitRepo, builds: list[str], tmp_path: Path) -> None:
    place = Place(repo, None)
    place.publish("--tag", FIRST)
    repo.git("worktree", "add", "--quiet", str(tmp_path / "pages"), BRANCH)
    before = place.files()
    ran = place.publish("--tag", SECOND)
    assert (ran.code, f"is checked out in {tmp_path / 'pages'}" in ran.err) == (2, True), ran.err
    assert (place.files(), GitRepo(tmp_path / "pages").git("status", "--porcelain")) == (before, "")


# What somebody did by hand (name, text), and what is told.
MENDED = {
    "an alias changed": (("latest/index.html", "Other"), "latest"),
    "an alias gone": (("kept/index.html", None), "kept"),
    "the root gone": (("index.html", None), "index.html"),
    "the root changed": (("index.html", "Other"), "index.html"),
    "no longer for a forge": ((".nojekyll", None), ".nojekyll"),
}


@pytest.mark.parametrize("again", [FIRST, SECOND])
@pytest.mark.parametrize(("by", "told"), MENDED.values(), ids=MENDED)
def test_what_follows_from_the_versions_is_put_back(
    by: tuple[str, str | None], told: str, again: str, place: Place, builds: list[str]
) -> None:
    place.publish("--tag", FIRST, "--alias", "kept")
    place.publish("--tag", SECOND)
    before = place.files()
    place.change(*by)
    said = place.publish("--tag", again)
    assert "was published" in said.out, said.err
    assert f"Put back what was gone or altered: {told}.\n" in said.out
    assert (place.files(), len(builds)) == (before, 2)
    assert "Nothing to do" in place.publish("--tag", again).out


def test_an_alias_of_altered_pages_is_not_mended(place: Place) -> None:
    place.publish("--version", "dev", "--alias", "next")
    place.change("dev/index.html", "Other")
    place.change("next/index.html", "Another")
    place.publish("--tag", FIRST)
    assert place.files()["next/index.html"] == "Another"


def test_what_forges_need_is_written_once(place: Place) -> None:
    place.publish("--tag", FIRST)
    place.change(".nojekyll", "Ours")
    place.publish("--tag", SECOND)
    assert place.files()[".nojekyll"].strip() == "Ours"


def test_the_list_names_only_what_is_there(
    repo: GitRepo, builds: list[str], tmp_path: Path, monkeypatch
) -> None:
    place, rename, replace = Place(repo, tmp_path / "public"), Path.rename, Path.replace
    written: list[str] = []
    monkeypatch.setattr(Path, "rename", lambda self, to: (written.append(Path(to).name), rename(self, to))[1])
    monkeypatch.setattr(
        Path, "replace", lambda self, to: (written.append(Path(to).name), replace(self, to))[1]
    )
    assert place.publish("--version", "zz").code == 0
    assert written[-1] == "versions.json"
    assert set(written) >= {"latest", "zz", "index.html"}


@pytest.mark.parametrize("when", ["copy", "rename"])
def test_nothing_is_half_written(
    when: str, repo: GitRepo, builds: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(repo, tmp_path / "public")
    place.publish("--tag", FIRST)
    before, beside = place.files(), sorted(tmp_path.iterdir())
    replace, copytree = Path.replace, folder_module.shutil.copytree

    def full_disk(self: Path, target: Path) -> Path:
        if Path(target).name == "versions.json" and when == "rename":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    def no_copy(source: Path, target: Path, *options: Any) -> Any:
        if Path(target).name == "latest" and when == "copy":
            raise OSError(28, "No space left on device")
        return copytree(source, target, *options)

    monkeypatch.setattr(Path, "replace", full_disk)
    monkeypatch.setattr(folder_module.shutil, "copytree", no_copy)
    ran = place.publish("--tag", SECOND)
    assert (ran.code, "cannot be written: No space left" in ran.err) == (3, True), ran.err
    assert (place.files(), sorted(tmp_path.iterdir())) == (before, beside)


def test_two_people_publish_at_once(repo: GitRepo, builds: list[str], tmp_path: Path, monkeypatch) -> None:
    place = Place(repo, tmp_path / "public")
    place.publish("--tag", FIRST)
    build = publishing.build

    def meanwhile(config: MkDocsConfig) -> None:
        build(config)
        monkeypatch.setattr(publishing, "build", build)
        assert place.publish("--version", "dev").code == 0

    monkeypatch.setattr(publishing, "build", meanwhile)
    ran = place.publish("--tag", SECOND)
    assert (ran.code, "versions.json changed meanwhile" in ran.err) == (2, True), ran.err
    assert [name for name, _, _ in place.listed()] == ["dev", FIRST]


def test_pushed(repo: GitRepo, builds: list[str], tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    repo.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    ran = as_anna("site", "publish", "--tag", FIRST, "--branch", BRANCH, "--push", cwd=repo.path)
    assert ran.code == 0, ran.err
    assert run_git(tmp_path / "origin.git", "show", f"{BRANCH}:{FIRST}/index.html") == "Home"
    assert repo.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert repo.git("status", "--porcelain") == ""


def test_nothing_new_is_no_error_when_pushed(repo: GitRepo, builds: list[str], tmp_path: Path) -> None:
    """In a clone that never had the branch, and in one whose branch has fallen behind."""
    run_git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    repo.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    repo.git("push", "--quiet", "origin", "main", FIRST, SECOND)
    behind = clone(repo.path, tmp_path / "behind")
    words = ("--branch", BRANCH, "--push")
    publish_first = ("site", "publish", "--tag", FIRST, *words)
    assert as_anna(*publish_first, cwd=repo.path).code == 0
    behind.git("fetch", "--quiet")
    behind.git("branch", "--quiet", BRANCH, f"origin/{BRANCH}")
    assert as_anna("site", "publish", "--tag", SECOND, *words, cwd=repo.path).code == 0
    behind.git("fetch", "--quiet")
    run_git(tmp_path, "clone", "--quiet", "--branch", "main", "origin.git", "second")
    for place in (behind.path, tmp_path / "second"):
        again = as_anna(*publish_first, cwd=place)
        assert (again.code, "Nothing to do" in again.out) == (0, True), again.err


def test_what_is_not_committed_names_no_commit(repo: GitRepo, builds: list[str], tmp_path: Path) -> None:
    """The folder itself does not count, wherever it lies."""
    place = Place(repo, repo.path / "public")
    for expected in (repo.head(), repo.head(), ""):
        place.publish("--version", "dev", "--replace")
        (entry,) = json.loads(place.files()["versions.json"])
        assert entry["properties"]["commit"] == expected
        if (repo.path / "more.txt").exists() or builds[1:]:
            repo.write("policies/POL-001-policy.md", "Changed.")


def versions(*names: str) -> list[Version]:
    return [
        Version(name, name, (), "baseline" if name[0].isdigit() else "moving", "c", "2026", "2026-03-01", "x")
        for name in names
    ]


def test_newest_first() -> None:
    names = ["2026.2", "dev", "2026.10", "2025.11"]
    assert [one.name for one in read(render(versions(*names)))] == ["dev", "2026.10", "2026.2", "2025.11"]


def test_a_name_stands_for_one_thing() -> None:
    there = with_version([], versions("2026.1")[0], ["a"], default=None)
    with pytest.raises(UserError, match="`A` cannot be published: `a` is"):
        with_version(there, versions("2026.2")[0], ["A"], default=None)


@pytest.fixture(scope="module")
def built(pristine_released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both baselines with their pages, but for those of the rules, which are the same in both."""
    folder = tmp_path_factory.mktemp("built") / "public"
    for name in (FIRST, SECOND):
        with mock.patch.object(edition.catalogue, "all_rules", return_value={}):
            done = as_anna("-C", pristine_released, "site", "publish", "--tag", name, "--to", folder)
        assert done.code == 0, done.err
    return folder


def test_pages_know_their_version(built: Path, pristine_released: Path) -> None:
    page = (built / FIRST / "policies/POL-001/index.html").read_text()
    config = json.loads(re.search(r'<script id="__config"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    assert config["version"] == {"provider": "mike", "default": "^latest$", "alias": True, "kind": "baseline"}
    assert f'<link rel="canonical" href="{ADDRESS}latest/policies/POL-001/">' in page
    assert f"<loc>{ADDRESS}{FIRST}/policies/POL-001/</loc>" in (built / FIRST / "sitemap.xml").read_text()
    assert "We serve." in page
    assert "We serve better." in (built / "latest/policies/POL-001/index.html").read_text()


def test_a_baseline_is_the_same_on_any_day(built: Path, pristine_released: Path, tmp_path: Path) -> None:
    day = edition.today() + timedelta(days=1)
    with (
        mock.patch.object(edition.catalogue, "all_rules", return_value={}),
        mock.patch.object(edition, "today", return_value=day),
    ):
        ran = as_anna("-C", pristine_released, "site", "publish", "--tag", FIRST, "--to", tmp_path / "later")
    assert ran.code == 0, ran.err
    first, later = (files_of(folder / FIRST) for folder in (built, tmp_path / "later"))
    assert sorted(first) == sorted(later)
    assert [name for name in first if first[name].read_bytes() != later[name].read_bytes()] == []


def test_a_baseline_is_no_past_state(built: Path) -> None:
    """It says which version it is, for those without scripts and on paper; search engines may find it."""
    (entry,) = [one for one in json.loads((built / "versions.json").read_text()) if one["version"] == FIRST]
    page = (built / FIRST / "policies/POL-001/index.html").read_text()
    said = f"Version {FIRST}, as of {entry['properties']['as_of']}"
    assert f'<p class="sms-version">{said}</p>' in page
    assert len(re.findall(f"POL-001, revision 1.0.* · {re.escape(said)}", page)) == 2  # both kinds of print
    assert "not the present state" not in page
    assert "noindex" not in page


def test_a_site_of_its_own_has_no_versions(built_example: Any) -> None:
    assert '"version": null' in (built_example.folder / "index.html").read_text()
    assert "sms-version" not in (built_example.folder / "index.html").read_text()
    assert "past version" not in (built_example.folder / "index.html").read_text()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    """Where both baselines are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[(1440, 1000), (390, 844)], ids=["wide", "phone"])
def page(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that must ask nobody but the server of the site, and log no error."""
    width, height = request.param
    phone = {"is_mobile": True, "has_touch": True} if width < 500 else {}
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=served, **phone)
    asked: list[str] = []
    errors: list[str] = []
    page = context.new_page()
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((served, "data:", "blob:"))] == []
    assert errors == []


BANNER = "You are reading a past version of the management system"


def test_root_leads_to_the_version_in_force(page: Page, served: str) -> None:
    page.goto("")
    page.wait_for_url(f"{served}latest/")
    page.locator(".md-version__current", has_text=f"{SECOND}latest").wait_for()
    assert not page.get_by_text(BANNER).is_visible()


@pytest.mark.parametrize("name", [SECOND, "latest"])
def test_no_banner_on_the_version_in_force(page: Page, name: str) -> None:
    page.goto(f"{name}/policies/POL-001/")
    page.locator(".md-version").wait_for(state="attached")
    assert not page.get_by_text(BANNER).is_visible()


def test_past_version_says_so_and_leads_on(page: Page, served: str) -> None:
    page.goto(f"{FIRST}/policies/POL-001/")
    page.get_by_text(BANNER).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    page.emulate_media(media="print")
    assert page.get_by_text(BANNER).is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Go to the one in force.").click()
    page.wait_for_url(f"{served}latest/")
    assert not page.get_by_text(BANNER).is_visible()


def test_selector_leads_to_the_same_page(page: Page, served: str) -> None:
    page.goto(f"{FIRST}/policies/POL-001/")
    current = page.locator(".md-version__current")
    if page.viewport_size["width"] < 500:  # type: ignore[index]
        current.tap()
    else:
        current.hover(force=True)  # the list opens over it
    page.locator(".md-version__link", has_text=SECOND).click()
    page.wait_for_url(f"{served}{SECOND}/policies/POL-001/")
    assert "We serve better." in page.locator("article").inner_text()


def test_selector_needs_no_mouse(page: Page, served: str) -> None:
    page.goto(f"{SECOND}/policies/POL-001/")
    page.locator(".md-version__current").focus()
    focused = []
    for _ in range(2):
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.textContent"))
    assert focused == [f"{SECOND}latest", FIRST]
    assert page.locator(".md-version__link", has_text=FIRST).is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}{FIRST}/policies/POL-001/")
    page.get_by_text(BANNER).wait_for()
