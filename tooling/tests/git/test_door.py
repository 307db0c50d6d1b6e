"""Objects, merges, refs and commits as the door gives them."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.gitrepo import GitRepo

import smsrepo
from smsrepo.errors import CannotRunError, UserError
from smsrepo.git import door
from smsrepo.model.history import Change


def branched(repo: GitRepo, path: str, ours: str, theirs: str) -> tuple[str, str]:
    """The commits of main and of a branch that wrote `path` differently."""
    repo.branch("work")
    repo.write(path, theirs)
    work = repo.commit("Theirs")
    repo.switch("main")
    repo.write(path, ours)
    return repo.commit("Ours"), work


def test_blobs_are_streamed(repo: GitRepo) -> None:
    big = repo.git("hash-object", "-w", "--stdin", stdin=b"\n\0x" * 1_000_000)
    small = repo.git("rev-parse", "HEAD:top.md")
    empty = repo.git("rev-parse", "HEAD:subway.md")
    ids = [small, big, empty] * 3 + [small] * 20_000
    lengths = [len(content) for content in door.blobs(repo.path, ids)]
    assert lengths == [3, 3_000_000, 0] * 3 + [3] * 20_000
    assert door.sizes(repo.path, ids) == lengths
    assert list(door.blobs(repo.path, [])) == door.sizes(repo.path, []) == []


def test_no_process_is_left_when_reading_stops(repo: GitRepo) -> None:
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text()
    stream = door.blobs(repo.path, [repo.git("rev-parse", "HEAD:top.md")] * 100_000)
    assert next(stream) == b"top"
    assert children.read_text() != before
    stream.close()  # type: ignore[attr-defined]
    assert children.read_text() == before


@pytest.mark.parametrize("revision", ["HEAD", "HEAD^{tree}"])
def test_only_blobs_are_blobs(repo: GitRepo, revision: str) -> None:
    other = repo.git("rev-parse", revision)
    with pytest.raises(CannotRunError, match=f"cannot read object {other}"):
        list(door.blobs(repo.path, [other]))
    with pytest.raises(CannotRunError, match=f"cannot read object {other}"):
        door.sizes(repo.path, [other])


def test_a_damaged_blob_is_no_pass(repo: GitRepo) -> None:
    repo.write("big.md", os.urandom(100_000))
    repo.commit("Big")
    blob = repo.git("rev-parse", "HEAD:big.md")
    file = repo.path / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:50_000])
    with pytest.raises(CannotRunError, match="cannot read object"):
        list(door.blobs(repo.path, [blob]))


@pytest.mark.parametrize("word", ["HEAD:top.md", "HEAD", "-x", "0" * 40 + "\n"])
def test_blobs_are_asked_for_by_full_id(repo: GitRepo, word: str) -> None:
    for ask in (lambda: list(door.blobs(repo.path, [word])), lambda: door.sizes(repo.path, [word])):
        with pytest.raises(ValueError, match="no full object id"):
            ask()


@pytest.mark.parametrize("revision", ["HEAD", "HEAD^{tree}"])
def test_a_tree_below_the_root(repo: GitRepo, revision: str) -> None:
    id_ = repo.git("rev-parse", revision)
    assert [(e.path, e.size) for e in door.tree(repo.path / "sub", id_)] == [("a.md", 2), ("deep/b.md", 1)]
    assert len(list(door.tree(repo.path, id_))) == len(list(door.tree(repo.path / ".git", id_))) == 4


def test_a_root_that_was_not_there_yet(repo: GitRepo) -> None:
    (repo.path / "new").mkdir()
    assert list(door.tree(repo.path / "new", repo.head())) == []


def test_changes(repo: GitRepo) -> None:
    first = repo.head()
    repo.write("sub/a.md", "2")
    (repo.path / "top.md").unlink()
    second = repo.commit("Second")
    assert [c.path for c in door.changes(repo.path, first, second)] == ["sub/a.md", "top.md"]
    (change,) = door.changes(repo.path / "sub", f"{first}", repo.git("rev-parse", "HEAD^{tree}"))
    assert (change.path, change.before and change.before.id) == (
        "a.md",
        repo.git("rev-parse", f"{first}:sub/a.md"),
    )
    assert door.changes(repo.path, second, first)[1] == Change(
        "top.md", None, door.changes(repo.path, first, second)[1].before
    )
    assert [c.path for c in door.changes(repo.path / "sub", "", first)] == ["a.md", "deep/b.md"]
    assert door.changes(repo.path, second, second) == ()


def test_a_merge_that_fits(repo: GitRepo) -> None:
    main, work = branched(repo, "sub/new.md", "same", "same")
    made = door.merge_tree(repo.path / "sub", main, work)
    assert made.conflicts == ()
    assert [e.path for e in door.tree(repo.path / "sub", made.tree)] == ["a.md", "deep/b.md", "new.md"]
    assert door.changes(repo.path, main, made.tree) == ()
    assert repo.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("path", "root", "conflict"),
    [
        ("sub/a.md", "", "sub/a.md"),
        ("sub/a.md", "sub", "a.md"),
        ("top.md", "sub", "../top.md"),
        ("sub/é\n.md", "sub", "é\n.md"),
    ],
)
def test_a_merge_in_conflict(repo: GitRepo, path: str, root: str, conflict: str) -> None:
    main, work = branched(repo, path, "ours", "theirs")
    assert door.merge_tree(repo.path / root, main, work) == ("", (conflict,))


def test_a_merge_of_strangers(repo: GitRepo) -> None:
    main = repo.head()
    repo.git("switch", "-q", "--orphan", "other")
    with pytest.raises(CannotRunError, match="unrelated histories"):
        door.merge_tree(repo.path, main, repo.commit("Stranger"))


def test_heads_and_ancestors(repo: GitRepo, tmp_path: Path) -> None:
    first = repo.head()
    second = repo.commit("Second")
    assert door.head(repo.path) == second
    assert door.head(tmp_path) is None
    assert door.head(GitRepo.new(tmp_path / "new").path) is None
    assert door.is_ancestor(repo.path, first, second)
    assert door.is_ancestor(repo.path, first, first)
    assert not door.is_ancestor(repo.path, second, first)
    with pytest.raises(CannotRunError, match="git merge-base failed"):
        door.is_ancestor(repo.path, "0" * 40, first)


def test_where_git_keeps_its_things(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"))
    assert door.git_folder(repo.path / "sub") == repo.path / ".git"
    assert door.git_folder(tmp_path / "tree") == repo.path / ".git/worktrees/tree"
    with pytest.raises(CannotRunError, match="not a git repository"):
        door.git_folder(tmp_path)


def test_head_of_a_bare_repository_decides(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("branch", "-m", "main", "master")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "server"))
    server = GitRepo(tmp_path / "server")
    server.git("branch", "main", "master")
    assert door.default_branch(server.path) == "master"
    server.git("symbolic-ref", "HEAD", "refs/heads/none")
    assert door.default_branch(server.path) == "main"


def test_when_commits_were_made(repo: GitRepo) -> None:
    old = repo.head()
    new = repo.commit("Next\n\ncommitter Mallory <m@x.org> 1 +0000", when="2026-02-03T04:05:06Z")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a\n")
    made = door.committed_at(repo.path, [new, "0" * 40, blob, old])
    assert list(made) == [new, old]
    assert made[new] == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert door.committed_at(repo.path, []) == {}


def test_the_default_branch(repo: GitRepo, tmp_path: Path) -> None:
    repo.branch("develop")
    assert door.default_branch(repo.path) == "main"
    repo.git("branch", "-m", "main", "master")
    assert door.default_branch(repo.path) == "master"
    repo.git("branch", "-m", "master", "main/x")
    assert door.default_branch(repo.path) == "develop"
    repo.git("clone", "-q", ".", str(tmp_path / "clone"))
    clone = GitRepo(tmp_path / "clone")
    clone.branch("main")
    assert door.default_branch(clone.path) == "develop"
    repo.git("switch", "-q", "--detach")
    with pytest.raises(UserError, match="no main branch"):
        door.default_branch(repo.path)


HOOK = """#!{python}
import sys
from pathlib import Path
sys.path.insert(0, {package!r})
from smsrepo.git import door, history
root = Path.cwd()
old, new, ref = sys.stdin.read().split()
entries = list(door.tree(root, new))
merged = door.merge_tree(root, old if int(old, 16) else new, new).tree
found = [
    door.resolve(root, new), [e.path for e in entries], b"".join(door.blobs(root, [e.blob for e in entries])),
    len(history.steps(root, new)), len(door.changes(root, old if int(old, 16) else "", merged)),
]
Path({out!r}).write_text(repr(found))
sys.exit(int("refuse" in ref))
"""


def test_a_pre_receive_hook_reads_what_is_pushed(tmp_path: Path) -> None:
    server = GitRepo.new(tmp_path / "server", "--bare")
    out, hook = tmp_path / "out", server.path / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    package = str(Path(smsrepo.__file__).parents[1])
    hook.write_text(HOOK.format(python=sys.executable, package=package, out=str(out)))
    hook.chmod(0o755)
    repo = GitRepo.new(tmp_path / "repo")
    for number, text in enumerate(("1", "2"), 1):
        repo.write("a.md", text)
        head = repo.commit(text)
        repo.git("push", "-q", str(server.path), "main")
        assert out.read_text() == repr([head, ["a.md"], text.encode(), number, 1])
    repo.write("b.md", "3")
    refused = repo.commit("3")
    with pytest.raises(AssertionError, match="pre-receive hook declined"):
        repo.git("push", "-q", str(server.path), "main:refuse")
    assert refused in out.read_text()
    with pytest.raises(UserError, match="no commit"):
        door.resolve(server.path, refused)


def test_objects_elsewhere_count_only_in_quarantine(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GitRepo.new(tmp_path / "other")
    head = other.commit("Other")
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(other.path / ".git/objects"))
    with pytest.raises(UserError, match="no commit"):
        door.resolve(repo.path, head)
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(repo.path / ".git/objects"))
    assert door.resolve(repo.path, head) == head


def test_importing_the_door_starts_no_library() -> None:
    code = "import sys, smsrepo.git.door, smsrepo.git.history; print([m for m in sys.modules if m in ('git', 'cryptography')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
