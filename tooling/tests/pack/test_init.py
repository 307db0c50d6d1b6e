"""sms init: what it makes, what it refuses, and that nothing is left behind when it fails."""

import json
import os
import subprocess
import sys
import venv
from functools import partial
from pathlib import Path

import pytest
from support.cli import sms

from smsrepo.control.settings import ORGANISATION, Settings
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack import init
from smsrepo.pack.contents import pack_root


def files(root: Path) -> set[str]:
    return {
        p.relative_to(root).as_posix()
        for p in root.rglob("*")
        if p.is_file() and ".git" not in p.relative_to(root).parts
    }


def test_a_draft_has_everything_and_no_demonstration(pristine_draft: Path) -> None:
    found = files(pristine_draft)
    assert {
        ".gitattributes", ".github/CODEOWNERS", ".github/workflows/sms.yml", ".gitignore", ".sms/manifest.json",
        ".vscode/settings.json", "Makefile", "README.md", "mkdocs.yml", "policies/POL-001-service-management-policy.md",
        "sms/sms.yml", "sms/requirements/iso-20000-1-2011.yml", "tooling/constraints.txt", "tooling/requirements.txt",
    } <= found  # fmt: skip
    assert not any(path.startswith(("slas/", "sms/records/")) for path in found)
    assert "Harbourline" not in "".join(
        (pristine_draft / p).read_text() for p in found if p.endswith((".md", ".yml", ".json"))
    )


def test_documents_arrive_as_drafts_with_open_decisions(pristine_draft: Path) -> None:
    repo = load(WorktreeSource(pristine_draft))
    assert len(repo.artefacts) > 100
    for document in repo.artefacts:
        assert (document.status, document.data["revision"]) == ("draft", "0.1")
        assert not {"effective_from", "author", "change"} & document.data.keys()
        assert document.data["summary_of_change"].startswith("First draft")
    assert not any(not mark.open for document in repo.artefacts for mark in document.marks)


def test_the_check_of_both_is_clean(pristine_draft: Path, pristine_example: Path) -> None:
    for root in (pristine_draft, pristine_example):
        ran = sms("check", "--fail-on", "warning", cwd=root)
        assert ran.code == 0, ran.out


def test_the_example_stays_issued(pristine_example: Path) -> None:
    repo = load(WorktreeSource(pristine_example))
    statuses = {a.id: a.status for a in repo.artefacts if not a.type.is_record}
    assert {id_: status for id_, status in statuses.items() if status != "issued"} == {"PRO-003": "obsolete"}
    assert "This is a demonstration" in (pristine_example / "README.md").read_text()


def test_nothing_is_exempt_in_a_new_repository(pristine_draft: Path, pristine_example: Path) -> None:
    """The product's own tooling is exempt here; in a repository that uses it, tooling is policy."""
    assert Settings(load(WorktreeSource(pack_root()))).exempt_paths
    for root in (pristine_draft, pristine_example):
        assert Settings(load(WorktreeSource(root))).exempt_paths == ()
    ours = (pack_root() / ORGANISATION).read_text().partition("exempt:\n")[0]
    assert (pristine_example / ORGANISATION).read_text() == ours


def test_the_first_commit_holds_everything(pristine_draft: Path) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(pristine_draft), *arguments], capture_output=True, text=True, check=True
        ).stdout

    assert git("status", "--porcelain") == ""
    assert (
        git("log", "--format=%an <%ae> %s")
        .strip()
        .endswith("Start the service management system of Example Organisation")
    )
    assert git("branch", "--show-current").strip() == "main"
    assert set(git("ls-files").splitlines()) == files(pristine_draft)


def test_the_manifest_names_every_file(pristine_draft: Path) -> None:
    manifest = json.loads((pristine_draft / init.MANIFEST).read_text())
    assert set(manifest["files"]) == files(pristine_draft) - {init.MANIFEST}
    assert manifest["files"]["policies/POL-001-service-management-policy.md"]["ownership"] == "seeded"
    assert manifest["files"]["schemas/records/incident.schema.json"]["ownership"] == "managed"


def test_a_used_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used/file").write_text("mine")
    (tmp_path / "afile").write_text("mine")
    assert "is not empty" in sms("init", "used", "--defaults", cwd=tmp_path).err
    assert "is not a folder" in sms("init", "afile", "--defaults", cwd=tmp_path).err
    assert (tmp_path / "used/file").read_text() == "mine"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "free").mkdir()
    assert sms("init", "free", "--defaults", "--no-git", cwd=tmp_path).code == 0


@pytest.mark.parametrize("step", ["write_wheel", "_manifest", "_rendered"])
def test_nothing_is_left_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(init, step, fail)
    ran = sms("init", "x", "--defaults", cwd=tmp_path)
    assert ran.code == 3
    assert "No space left on device" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_repository_that_would_not_pass_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = init._pack

    def spoiled(*arguments: object, **options: object) -> object:
        yield from real(*arguments, **options)  # type: ignore[arg-type]
        yield "policies/POL-009-x.md", b"nothing"

    monkeypatch.setattr(init, "_pack", spoiled)
    ran = sms("init", "x", "--defaults", cwd=tmp_path)
    assert "would not pass its own check: policies/POL-009-x.md:1" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_callers_git_environment_has_no_say(
    tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = example / ".git/index"
    before = index.read_bytes()
    (tmp_path / "gitconfig").write_text(f"[core]\n\texcludesFile = {tmp_path}/ignore\n")
    (tmp_path / "ignore").write_text("*.whl\n.vscode/\n")
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    assert sms("init", "new", "--defaults", cwd=tmp_path).code == 0
    assert index.read_bytes() == before
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "HEAD"],
        cwd=tmp_path / "new",
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )
    assert set(listed.stdout.splitlines()) == files(tmp_path / "new")
    assert os.environ["GIT_INDEX_FILE"] == str(index)


def test_into_the_folder_one_stands_in(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    inode = here.stat().st_ino
    ran = sms("init", ".", "--defaults", cwd=here)
    assert ran.code == 0, ran.err
    assert here.stat().st_ino == inode
    assert (here / "sms/sms.yml").exists()
    assert "cd ." not in ran.out
    assert list(tmp_path.iterdir()) == [here]


def test_no_parent_is_left_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "_move", lambda *_: (_ for _ in ()).throw(OSError(13, "Permission denied")))
    assert sms("init", "deep/er/x", "--defaults", cwd=tmp_path).code == 3
    assert list(tmp_path.iterdir()) == []


def test_git_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import git

    def fail(*_: object, **__: object) -> None:
        raise git.GitError("broken")

    monkeypatch.setattr(git.Repo, "init", fail)
    assert sms("init", "x", "--defaults", cwd=tmp_path).code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_alone_runs_the_check(pristine_draft: Path, tmp_path: Path) -> None:
    """What `make check` does on a fresh machine; the libraries come from here, so that no network is needed."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    wheel = next((pristine_draft / "tooling/wheels").glob("*.whl"))
    assert f"./tooling/wheels/{wheel.name}" in (pristine_draft / "tooling/requirements.txt").read_text()
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
        wheel,
    ]
    subprocess.run(install, check=True)
    site = subprocess.check_output(
        [python, "-c", "import site; print(site.getsitepackages()[0])"], text=True
    ).strip()
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (Path(site) / "libraries.pth").write_text(here + "\n")
    environment = {**os.environ, "PYTHONPATH": ""}
    where = subprocess.check_output(
        [python, "-c", "import smsrepo; print(smsrepo.__file__)"], text=True, env=environment, cwd=tmp_path
    )
    assert where.startswith(str(tmp_path))
    command = [tmp_path / "venv/bin/sms", "check"]
    done = subprocess.run(
        command, cwd=pristine_draft, capture_output=True, text=True, env=environment, check=False
    )
    assert "no errors" in done.stdout, done.stderr
    again = [tmp_path / "venv/bin/sms", "init", tmp_path / "second", "--example"]
    done = subprocess.run(again, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    made_by_the_made = tmp_path / "second/tooling/wheels" / wheel.name
    assert made_by_the_made.read_bytes() == wheel.read_bytes()


def test_the_demonstration_goes_by_its_own_name(pristine_example: Path, pristine_draft: Path) -> None:
    assert (pristine_example / "README.md").read_text().startswith("# Harbourline Managed Services AS: ")
    assert (pristine_draft / "README.md").read_text().startswith("# Example Organisation: ")


def test_breaking_the_demonstration_as_proposed_closes_the_gate(example: Path) -> None:
    run = partial(subprocess.run, cwd=example, check=True, capture_output=True)
    run(["git", "switch", "-q", "-c", "try"])
    policy = example / "policies/POL-001-service-management-policy.md"
    policy.write_text(policy.read_text().replace(" the ", " a ", 1))
    run(["git", "-c", "user.name=Sam", "-c", "user.email=sam@example.org", "commit", "-qam", "Try"])
    ran = sms("gate", cwd=example)
    assert (ran.code, "approved-bytes-changed" in ran.out) == (1, True), ran.out
