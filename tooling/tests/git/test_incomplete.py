"""A history with holes or stand-ins is refused, with the way out; and the way out works."""

from pathlib import Path

import pytest
from support.gitrepo import GitRepo

from smsrepo.errors import CannotRunError
from smsrepo.git import door
from smsrepo.git.history import pulled, refuse_incomplete, steps


@pytest.fixture
def origin(tmp_path: Path) -> GitRepo:
    repo = GitRepo.new(tmp_path / "origin")
    repo.git("config", "uploadpack.allowFilter", "true")
    for text in ("1", "2", "3"):
        repo.write("a.md", text)
        repo.commit(text)
    return repo


def cloned(origin: GitRepo, path: Path, *options: str) -> GitRepo:
    origin.git("clone", "-q", *options, f"file://{origin.path}", str(path))
    return GitRepo(path)


def refused(root: Path, commit: str, words: str) -> str:
    """The hint; every function that judges history says the same."""
    with pytest.raises(CannotRunError, match=words) as first:
        refuse_incomplete(root)
    with pytest.raises(CannotRunError, match=words):
        steps(root, commit)
    with pytest.raises(CannotRunError, match=words):
        pulled(root, commit, commit)
    assert first.value.exit_code == 3
    return first.value.hint


def test_a_full_clone_is_fine(origin: GitRepo, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone")
    assert len(steps(clone.path, clone.head())) == 3


def test_shallow(origin: GitRepo, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", "--depth=2")
    assert "git fetch --unshallow" in refused(clone.path, clone.head(), "shallow clone")
    with pytest.raises(CannotRunError, match="git merge-base failed"):
        door.is_ancestor(clone.path, origin.git("rev-parse", "HEAD~2"), clone.head())
    clone.git("fetch", "-q", "--unshallow")
    assert len(steps(clone.path, clone.head())) == 3


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_partial(origin: GitRepo, tmp_path: Path, kind: str) -> None:
    clone = cloned(origin, tmp_path / "clone", f"--filter={kind}", "--no-checkout")
    head = clone.head()
    hint = refused(clone.path, head, "partial clone")
    old = origin.git("rev-parse", "HEAD~2:a.md")
    with pytest.raises(CannotRunError, match=f"cannot read object {old}"):
        list(door.blobs(clone.path, [old]))
    with pytest.raises(
        CannotRunError, match="cannot read object" if kind == "blob:none" else "git ls-tree failed"
    ):
        list(door.tree(clone.path, head))
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    clone.git("config", *hint.partition("git config ")[2].split())
    assert len(steps(clone.path, head)) == 3
    assert list(door.blobs(clone.path, [old])) == [b"1"]


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("extensions.partialClone", "origin", True),
        ("remote.a.b.promisor", "true", True),
        ("remote.a.promisor", "", True),
        ("remote.a.promisor", "false", False),
    ],
)
def test_what_makes_a_clone_partial(origin: GitRepo, name: str, value: str, is_refused: bool) -> None:
    origin.git("config", name, value)
    if is_refused:
        refused(origin.path, origin.head(), "partial clone")
    else:
        refuse_incomplete(origin.path)


def test_replaced_objects(origin: GitRepo) -> None:
    head = origin.head()
    origin.git("replace", origin.git("rev-parse", "HEAD:a.md"), origin.git("rev-parse", "HEAD~1:a.md"))
    assert "git replace --delete" in refused(origin.path, head, "replaced objects")
    origin.git("pack-refs", "--all")
    refused(origin.path, head, "replaced objects")


def test_grafts_of_a_worktree_too(origin: GitRepo, tmp_path: Path) -> None:
    head = origin.head()
    origin.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    graft = origin.path / ".git/info/grafts"
    graft.write_text(f"{head}\n")
    assert str(graft) in refused(origin.path, head, "grafts")
    refused(tmp_path / "tree", head, "grafts")


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    refused(tmp_path, "0" * 40, "not a git repository")
    refused(GitRepo.new(tmp_path / "new").path, "0" * 40, "no commit yet")


def test_a_commit_that_is_not_there(origin: GitRepo) -> None:
    with pytest.raises(CannotRunError, match="git log failed"):
        steps(origin.path, "0" * 40)


def test_a_hole_in_history(origin: GitRepo) -> None:
    gone = origin.git("rev-parse", "HEAD~1")
    (origin.path / ".git/objects" / gone[:2] / gone[2:]).unlink()
    with pytest.raises(CannotRunError, match="git log failed"):
        steps(origin.path, origin.head())


@pytest.mark.parametrize("time", ["99999999999999", "18446744073709551615"])
def test_a_time_beyond_time(origin: GitRepo, time: str) -> None:
    tree = origin.git("rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> {time} +0000\n\nx\n"
    commit = origin.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw.encode())
    with pytest.raises(CannotRunError, match="no readable time"):
        steps(origin.path, commit)


def test_nobody_is_named(origin: GitRepo) -> None:
    tree = origin.git("rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <> 1 +0000\ncommitter A <A@example.org> 1 +0000\n\nx\n"
    commit = origin.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw.encode())
    assert steps(origin.path, commit)[0].authors == {"a.md": {"", "a@example.org"}}
