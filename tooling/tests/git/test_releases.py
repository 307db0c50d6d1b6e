"""Tags with a message, commits onto branches nobody has checked out, and commits as files."""

import os
from pathlib import Path

import pytest
from support.gitrepo import BOB, WHEN, GitRepo, identity, run_git

from smsrepo.errors import CannotRunError, UserError
from smsrepo.git import branches, door, tags
from smsrepo.git.branches import Addition
from smsrepo.git.checkout import checked_out
from smsrepo.git.tags import Tag
from smsrepo.git.worktree import uncommitted, worktrees

MESSAGE = "Release\n\n# no comment\n-----BEGIN\n"


@pytest.fixture(autouse=True)
def bob(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob's machine, which has no settings for git."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {**identity(BOB, WHEN), "GIT_CONFIG_GLOBAL": os.devnull}.items():
        monkeypatch.setenv(name, value)


def test_tags_are_read_as_they_were_made(repo: GitRepo) -> None:
    tags.make(repo.path, "2026.1", repo.head(), MESSAGE)
    repo.git("tag", "light")
    repo.git("tag", "--annotate", "--message=A blob", "blob", "HEAD:top.md")
    assert list(tags.tags(repo.path)) == [Tag("2026.1", repo.head(), MESSAGE)]
    assert tags.names(repo.path) == {"2026.1", "light", "blob"}


def test_a_signature_is_no_part_of_the_message(repo: GitRepo) -> None:
    head = f"object {repo.head()}\ntype commit\ntag signed\ntagger Bob <bob@example.org> 0 +0000\n\n"
    text = f"{head}{MESSAGE}-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n"
    made = repo.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=text.encode())
    repo.git("update-ref", "refs/tags/signed", made)
    assert [tag.message for tag in tags.tags(repo.path)] == [MESSAGE]


def test_a_tag_marks_what_git_says(repo: GitRepo) -> None:
    """More lines in its head change nothing."""
    head = f"object {repo.head()}\ntype commit\ntag a\ntagger Bob <bob@example.org> 0 +0000\n"
    for name, more in (("other", f"object {'1' * 40}\n"), ("tree", "type tree\n"), ("none", "object x\n")):
        text = f"{head}{more}\n{MESSAGE}"
        made = repo.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", stdin=text.encode())
        repo.git("update-ref", f"refs/tags/{name}", made)
    assert [tag.commit for tag in tags.tags(repo.path)] == [repo.head()] * 3


def test_a_tag_is_never_moved(repo: GitRepo) -> None:
    tags.make(repo.path, "2026.1", repo.head(), MESSAGE)
    with pytest.raises(CannotRunError, match=r"could not make the tag: .*already exists"):
        tags.make(repo.path, "2026.1", repo.head(), "Another\n")
    assert [tag.message for tag in tags.tags(repo.path)] == [MESSAGE]


def test_nothing_is_tagged(repo: GitRepo) -> None:
    assert list(tags.tags(repo.path)) == []


def test_a_commit_as_files(repo: GitRepo, tmp_path: Path) -> None:
    repo.write("sub/run.sh", "#!/bin/sh\n")
    (repo.path / "sub/run.sh").chmod(0o755)
    (repo.path / "sub/link.md").symlink_to(tmp_path)
    repo.git("config", "filter.evil.smudge", f"touch {tmp_path}/sprung; cat")
    repo.write("sub/.gitattributes", "a.md filter=evil\n")
    first = repo.commit("Second")
    repo.write("sub/a.md", "2\n")
    repo.commit("Third")
    before = sorted(path for path in (repo.path / ".git").rglob("*"))
    with checked_out(repo.path / "sub", first) as place:
        assert (place / "a.md").read_text() == "1\n"
        assert (place / "run.sh").stat().st_mode & 0o100
        assert not (place / "link.md").exists()
        assert door.head(place) == first
        assert door.default_branch(place) == "main"
        assert uncommitted(place) == {"link.md"}
        assert [entry.path for entry in door.tree(place, first)][:2] == [".gitattributes", "a.md"]
    assert not place.exists()
    assert not (tmp_path / "sprung").exists()
    assert sorted(path for path in (repo.path / ".git").rglob("*")) == before


@pytest.mark.parametrize("name", [".git", ".GIT"])
def test_a_commit_cannot_write_where_it_likes(repo: GitRepo, name: str) -> None:
    blob = repo.git("rev-parse", "HEAD:top.md")
    inner = repo.git("mktree", stdin=f"100644 blob {blob}\tconfig\n".encode())
    tree = repo.git("mktree", stdin=f"040000 tree {inner}\t{name}\n".encode())
    commit = repo.git("commit-tree", tree, "-m", "x")
    with pytest.raises(CannotRunError, match="no file may have"), checked_out(repo.path, commit):
        pass


ODD = 'odd "name"\\ü.html'


def test_a_branch_gets_one_commit_and_nothing_else_changes(repo: GitRepo) -> None:
    repo.write("top.md", "changed")
    repo.git("add", "top.md")
    status = repo.git("status", "--porcelain")
    files = {"old/a.html": b"a", "old/b.html": b"b", ODD: b"a", "keep.txt": b""}
    branches.write(repo.path, "pages", "", "First\n\nüber", Addition((), files, {}))
    first = branches.tip_of(repo.path, "pages")
    blob = repo.git("rev-parse", "pages:old/a.html")
    branches.write(
        repo.path, "pages", first, "Second", Addition(["old", "gone"], {"new/c.html": b"c\n"}, {"x": blob})
    )
    names = repo.git("ls-tree", "-r", "-z", "--name-only", "pages").split("\0")
    assert [name for name in names if name] == ["keep.txt", "new/c.html", ODD, "x"]
    assert repo.git("log", "--format=%s %an %ce", "pages").splitlines() == [
        "Second Bob bob@example.org",
        "First Bob bob@example.org",
    ]
    assert repo.git("status", "--porcelain") == status


def test_a_branch_that_moved_on_is_left_alone(repo: GitRepo) -> None:
    branches.write(repo.path, "pages", "", "First", Addition((), {"a": b"1"}, {}))
    start = branches.tip_of(repo.path, "pages")
    for text, ended in (("2", True), ("3", False)):
        if ended:
            branches.write(repo.path, "pages", start, text, Addition((), {"a": text.encode()}, {}))
        else:
            with pytest.raises(CannotRunError, match="could not commit to pages"):
                branches.write(repo.path, "pages", start, text, Addition((), {"a": text.encode()}, {}))
    assert repo.git("show", "pages:a") == "2"


def test_where_a_branch_stands(repo: GitRepo) -> None:
    first = repo.head()
    second = repo.git("commit-tree", "HEAD^{tree}", "-p", first, "-m", "2")
    aside = repo.git("commit-tree", "HEAD^{tree}", "-p", first, "-m", "3")
    assert branches.tip_of(repo.path, "pages") == ""
    for own, others, expected in (("", first, first), (first, second, second), (second, first, second)):
        for place, commit in (("heads", own), ("remotes/origin", others)):
            if commit:
                repo.git("update-ref", f"refs/{place}/pages", commit)
        assert branches.tip_of(repo.path, "pages") == expected
    repo.git("update-ref", "refs/remotes/origin/pages", aside)
    with pytest.raises(UserError, match="went on here and at origin"):
        branches.tip_of(repo.path, "pages")


@pytest.mark.parametrize("name", ["main", "change", "a..b", "-x", "a b", ""])
def test_branches_that_no_site_goes_to(repo: GitRepo, name: str) -> None:
    repo.branch("change")
    with pytest.raises(UserError, match=r"no name for a branch|the branch you work on"):
        branches.tip_of(repo.path, name)


def test_a_branch_that_is_checked_out_somewhere(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", "-b", "pages", str(tmp_path / "pages"))
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "bare commit"))
    assert worktrees(repo.path) == {"main": str(repo.path), "pages": str(tmp_path / "pages")}
    with pytest.raises(UserError, match=f"the branch pages is checked out in {tmp_path / 'pages'}"):
        branches.tip_of(repo.path, "pages")


def test_push(repo: GitRepo, tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    repo.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    branches.write(repo.path, "pages", "", "First", Addition((), {"a": b"1"}, {}))
    branches.push(repo.path, "pages")
    assert run_git(tmp_path / "origin.git", "show", "pages:a") == "1"
    repo.git("remote", "set-url", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(CannotRunError, match="could not push pages") as told:
        branches.push(repo.path, "pages")
    assert "git push origin pages" in told.value.hint
