"""Worktree and commit give the same repository, and refuse what is no plain file."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from smsrepo.errors import CannotRunError, UserError
from smsrepo.git import door
from smsrepo.load.snapshot import load
from smsrepo.load.source import CommitSource, WorktreeSource, find_root
from smsrepo.load.text import MAX_BYTES
from smsrepo.model.links import link_path


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


def refusals(root: Path, revision: str = "") -> dict[str, str]:
    repo = load(CommitSource(root, revision) if revision else WorktreeSource(root))
    return {flaw.path: flaw.message for flaw in repo.flaws.get("unreadable-file", ())}


def test_both_sources_give_the_same(pristine_example: Path) -> None:
    work, commit = load(WorktreeSource(pristine_example)), load(CommitSource(pristine_example, "HEAD"))
    assert [(a.path, a.data, a.text) for a in work.artefacts] == [
        (a.path, a.data, a.text) for a in commit.artefacts
    ]
    assert work.paths == commit.paths
    assert not work.flaws
    assert not commit.flaws


def test_a_commit_is_read_as_it_was(example: Path) -> None:
    policy = example / "policies/POL-001-service-management-policy.md"
    policy.unlink()
    git(example, "commit", "-qam", "Delete")
    assert load(CommitSource(example, "HEAD~1")).find("POL-001")
    assert load(CommitSource(example, "main")).find("POL-001") is None


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD^{tree}"])
def test_no_such_commit(pristine_example: Path, revision: str) -> None:
    with pytest.raises(UserError, match="no commit"):
        CommitSource(pristine_example, revision)


def test_links_executables_and_giants_are_refused(example: Path) -> None:
    (example / "slas/SLA-007-link.yml").symlink_to("/etc/hostname")
    shutil.copy(example / "slas/SLA-001-managed-workplace-agreement.yml", example / "slas/SLA-008-x.yml")
    (example / "slas/SLA-008-x.yml").chmod(0o755)
    (example / "slas/SLA-009-x.yml").write_bytes(b"a" * (MAX_BYTES + 1))
    git(example, "add", "-A")
    git(example, "commit", "-qm", "Odd files")
    assert refusals(example, "HEAD") == {
        "slas/SLA-007-link.yml": "this file is a symbolic link",
        "slas/SLA-008-x.yml": "this file is marked as executable",
        "slas/SLA-009-x.yml": "this file is larger than 1 MiB",
    }
    found = refusals(example)
    assert found["slas/SLA-007-link.yml"] == "this file is a symbolic link"
    assert "more than 1 MiB" in found["slas/SLA-009-x.yml"]


def test_a_folder_that_is_a_link_is_refused(example: Path, tmp_path: Path) -> None:
    (example / "policies/more").symlink_to(tmp_path, target_is_directory=True)
    assert refusals(example) == {"policies/more": "this file is a symbolic link"}


def test_crlf_in_the_worktree_counts_as_lf(example: Path) -> None:
    policy = example / "policies/POL-001-service-management-policy.md"
    policy.write_bytes(policy.read_bytes().replace(b"\n", b"\r\n"))
    assert not load(WorktreeSource(example)).flaws


def test_attachments_and_hidden_files_are_not_read(example: Path) -> None:
    (example / "policies/scan.pdf").write_bytes(b"%PDF\0")
    (example / "policies/.hidden.yml").write_text("- [")
    repo = load(WorktreeSource(example))
    assert "policies/scan.pdf" in repo.paths
    assert not repo.flaws


def test_not_a_git_repository(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        door.resolve(tmp_path, "HEAD")
    with pytest.raises(CannotRunError, match="git ls-tree failed"):
        list(door.tree(tmp_path, "0" * 40))


def test_a_missing_object_is_no_pass(pristine_example: Path) -> None:
    with pytest.raises(CannotRunError, match="cannot read object"):
        list(door.blobs(pristine_example, ["0" * 40]))


def test_git_is_not_there(pristine_example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRunError, match="could not be started"):
        door.resolve(pristine_example, "HEAD")


def test_the_repositorys_own_configuration_runs_nothing(example: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\n")
    trap.chmod(0o755)
    git(example, "config", "core.fsmonitor", str(trap))
    load(CommitSource(example, "HEAD"))
    assert not (tmp_path / "sprung").exists()


def test_replaced_objects_are_not_followed(example: Path) -> None:
    path = "policies/POL-001-service-management-policy.md"
    before = load(CommitSource(example, "HEAD")).by_path[path].text
    old = subprocess.check_output(["git", "-C", str(example), "rev-parse", f"HEAD:{path}"], text=True).strip()
    other = subprocess.check_output(
        ["git", "-C", str(example), "rev-parse", "HEAD:README.md"], text=True
    ).strip()
    git(example, "replace", old, other)
    assert load(CommitSource(example, "HEAD")).by_path[path].text == before


def test_the_root_is_found_from_below(pristine_example: Path, tmp_path: Path) -> None:
    assert find_root(pristine_example / "sms/records") == pristine_example
    assert find_root(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        ("policies/a.md", "b.md#c", "policies/b.md"),
        ("policies/a.md", "../sms/control.yml", "sms/control.yml"),
        ("policies/a.md", "b%20c.md?x=1", "policies/b c.md"),
        ("policies/a.md", "#c", ""),
        ("policies/a.md", "https://example.org/x.md", ""),
        ("policies/a.md", "//example.org/x", ""),
        ("policies/a.md", "mailto:a@example.org", ""),
        ("a.md", "../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_link_path(source: str, target: str, path: str) -> None:
    assert link_path(source, target) == path


def test_work_is_shared_between_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    from smsrepo.load import parallel

    monkeypatch.setattr(parallel, "WORTH_IT", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    found = list(parallel.map_shared(lambda number: [number, os.getpid()], range(10)))
    assert [number for number, _ in found] == list(range(10))
    assert len({process for _, process in found}) == 3


def test_a_worker_that_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    from smsrepo.load import parallel

    monkeypatch.setattr(parallel, "WORTH_IT", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here = os.getpid()
    assert list(parallel.map_shared(lambda n: n if os.getpid() == here else os._exit(9), range(10))) == list(
        range(10)
    )


def children() -> str:
    """The child processes of this one, as the kernel lists them."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


def test_no_worker_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    from smsrepo.load import parallel

    monkeypatch.setattr(parallel, "WORTH_IT", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    pipes, before = len(list(Path("/proc/self/fd").iterdir())), children()
    with pytest.raises(ZeroDivisionError):
        list(parallel.map_shared(lambda number: 1 // number, range(10)))
    assert len(list(Path("/proc/self/fd").iterdir())) == pipes
    assert children() == before


def test_one_process_and_several_load_the_same(
    pristine_example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smsrepo.load import parallel

    def loaded() -> list[tuple[object, ...]]:
        repo = load(WorktreeSource(pristine_example))
        return [(a.path, a.data, a.headings, a.links, a.marks, a.fits) for a in repo.artefacts]

    alone = loaded()
    monkeypatch.setattr(parallel, "WORTH_IT", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert loaded() == alone
