"""Where a site goes: no build empties a folder that no build has filled. What is said about reading it there."""

import shutil
import socket
from pathlib import Path

import pytest
from support.cli import sms
from support.copies import copied
from support.gitrepo import GitRepo
from support.memory import ROOT

from smsrepo.errors import UserError
from smsrepo.site.folder import refuse_others

THESIS = "papers/thesis.txt"


def filled(folder: Path, *names: str) -> dict[str, str]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return content(folder)


def content(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([], ""),
        ([".git/HEAD", ".nojekyll"], ""),
        (["assets/sms.css", "index.html", "thesis.txt"], ""),
        (["thesis.txt"], "thesis.txt"),
        ([THESIS], THESIS),
        (["index.html", "assets/site.css"], "assets/site.css"),
        (["2026.1/assets/sms.css", "versions.json"], "2026.1/assets/sms.css"),
    ],
)
def test_only_what_a_build_made_is_replaced(there: list[str], found: str, tmp_path: Path) -> None:
    filled(tmp_path / "to", *there)
    if not found:
        refuse_others(tmp_path / "to", Path("to"))
        return
    with pytest.raises(UserError) as refused:
        refuse_others(tmp_path / "to", Path("to"))
    assert refused.value.message.startswith(f"to holds {found}, ")
    assert "Name a new folder" in refused.value.hint
    assert "empty this one" in refused.value.hint


def test_a_folder_that_is_not_there_and_a_file(tmp_path: Path) -> None:
    refuse_others(tmp_path / "new", Path("new"))
    filled(tmp_path, "new")
    with pytest.raises(UserError, match="new is a file"):
        refuse_others(tmp_path / "new", Path("new"))


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_folder_of_somebody_is_refused_and_stays(engine: str, repository: Path, tmp_path: Path) -> None:
    before = filled(tmp_path / "mine", THESIS)
    where = ("--engine", engine, "--site-dir", tmp_path / "mine")
    ran = sms("-C", repository, "site", "build", *where)
    assert (ran.code, ran.out) == (2, "")
    assert f"holds {THESIS}, which no build of a site made" in ran.err
    assert content(tmp_path / "mine") == before


def test_the_default_folder_is_no_exception(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    before = filled(root / "site", "thesis.txt")
    assert "site holds thesis.txt" in sms("site", "build", cwd=root).err
    assert content(root / "site") == before


def test_an_earlier_site_gives_way(repository: Path, tmp_path: Path) -> None:
    root = copied(repository, tmp_path)
    first = sms("site", "build", cwd=root)
    assert first.out.endswith("To read them: python3 -m http.server --directory site\n"), first.err
    (root / "site/left.html").write_text("of an earlier build")
    assert sms("site", "build", cwd=root).code == 0
    assert not (root / "site/left.html").exists()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be served, for as long as nobody stops it."""
    asked: list[str] = []
    monkeypatch.setattr("mkdocs.commands.serve.serve", lambda _, dev_addr: asked.append(dev_addr))
    return asked


def test_a_port_is_tried_before_anything_is_built(repository: Path, served: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = sms("-C", repository, "site", "serve", "--port", str(port))
    assert (ran.code, ran.out, served) == (2, "", [])
    assert f"port {port} cannot be used" in ran.err
    assert "--port 8001, or make serve PORT=8001" in ran.err
    free = sms("-C", repository, "site", "serve", "--port", str(port))
    assert (free.code, served) == (0, [f"127.0.0.1:{port}"])
    assert len(free.out.splitlines()) == 1
    assert "takes about as long as sms site build" in free.out


@pytest.mark.parametrize("makefile", ["Makefile", "tooling/smsrepo/pack/templates/Makefile.j2"])
def test_make_serve_knows_the_port(makefile: str) -> None:
    text = (ROOT / makefile).read_text()
    assert "\nPORT ?= 8000\n" in text
    assert "site serve --port $(PORT)\n" in text


@pytest.fixture(scope="module")
def begun(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a git repository, whose first commit is of 2026-02-03."""
    root = tmp_path_factory.mktemp("begun") / "repository"
    repo = GitRepo.new(Path(shutil.copytree(repository, root)))
    repo.commit("First", when="2026-02-03T10:00:00Z")
    repo.commit("Second", when="2026-02-05T10:00:00Z")
    return root


@pytest.mark.parametrize("command", ["build --site-dir", "pages", "pdf --out"])
def test_a_day_before_the_history_is_refused(command: str, begun: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = sms("-C", begun, "site", *command.split(), out, "--as-of", "2026-02-02")
    assert (ran.code, ran.out, out.exists()) == (2, "", False)
    assert "the history begins on 2026-02-03, with its first commit" in ran.err


def test_the_first_day_of_the_history_has_pages(begun: Path, tmp_path: Path) -> None:
    ran = sms("-C", begun, "site", "pages", tmp_path / "out", "--as-of", "2026-02-03")
    assert ran.code == 0, ran.err
