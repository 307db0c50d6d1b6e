"""The steps of a branch: what each brought, when it entered, and who wrote it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.gitrepo import BOB, GitRepo

from smsrepo.git import door
from smsrepo.git.history import pulled, steps
from smsrepo.model.history import Blob, Step

ANNA, EVE, CY = "Anna <Anna@Example.org>", "Eve <eve@example.org>", "Cy <cy@example.org>"
ANNAS, BOBS, EVES, CYS = "anna@example.org", "bob@example.org", "eve@example.org", "cy@example.org"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return GitRepo.new(tmp_path / "repo")


def letters(step: Step) -> dict[str, str]:
    """Path → A, D or M."""
    return {c.path: "A" if c.before is None else "D" if c.after is None else "M" for c in step.changes}


def authors(step: Step) -> dict[str, set[str]]:
    return {path: set(mails) for path, mails in step.authors.items()}


def forked(repo: GitRepo) -> None:
    """A first commit on main and a branch `work`, checked out, with one commit of Anna's."""
    repo.write("a.md", "1\n" * 20)
    repo.write("b.md", "1\n")
    repo.commit("First")
    repo.branch("work")
    repo.write("a.md", "2\n" + "1\n" * 19)
    repo.commit("Work", ANNA)


def test_linear(repo: GitRepo) -> None:
    repo.write("a.md", "1")
    first = repo.commit("First", when="2026-01-01T10:00:00+02:00")
    repo.write("a.md", "2")
    repo.write("b/c.md", "1")
    second = repo.commit("Second", ANNA, "2026-01-02T10:00:00Z", committer=EVE)
    one, two = steps(repo.path, second)
    assert (one.commit, one.parent, two.commit, two.parent) == (first, "", second, first)
    assert one.claimed == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert (letters(one), letters(two)) == ({"a.md": "A"}, {"a.md": "M", "b/c.md": "A"})
    assert (
        two.changes[0].before
        == one.changes[0].after
        == Blob("100644", repo.git("rev-parse", f"{first}:a.md"))
    )
    assert authors(two) == {"a.md": {ANNAS, EVES}, "b/c.md": {ANNAS, EVES}}
    assert two.unseparated == frozenset()


def test_a_clock_that_runs_backwards_gains_nothing(repo: GitRepo) -> None:
    for day in ("2026-03-01", "2026-02-01", "2026-03-02"):
        repo.commit("x", when=f"{day}T00:00:00Z")
    found = steps(repo.path, repo.head())
    assert [f"{s.claimed:%m-%d}" for s in found] == ["03-01", "02-01", "03-02"]
    assert [f"{s.entered:%m-%d}" for s in found] == ["03-01", "03-01", "03-02"]


def test_a_merge_has_the_authors_of_what_it_brought(repo: GitRepo) -> None:
    forked(repo)
    repo.write("a.md", "3\n" + "1\n" * 19)
    repo.commit("More", EVE, co_authors=[CY])
    repo.write("c.md", "1")
    repo.commit("Other", CY)
    repo.switch("main")
    *_, step = steps(repo.path, repo.merge("work"))
    assert len(steps(repo.path, repo.head())) == 2
    assert letters(step) == {"a.md": "M", "c.md": "A"}
    assert authors(step) == {"a.md": {ANNAS, EVES, CYS}, "c.md": {CYS}}
    assert step.unseparated == frozenset()


def test_a_squash_names_its_co_authors(repo: GitRepo) -> None:
    forked(repo)
    repo.switch("main")
    repo.merge("work", squash=True)
    commit = repo.commit("Squashed", co_authors=[ANNA, CY])
    *_, step = steps(repo.path, commit)
    assert authors(step) == {"a.md": {BOBS, ANNAS, CYS}}
    assert step.unseparated == {ANNAS, CYS}


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("x\n\nCo-authored-by: Anna <Anna@example.org>\n\nA last paragraph.", {ANNAS}),
        ("x\n\nCO-AUTHORED-BY:Anna <anna@example.org>, Eve <eve@example.org>\r\nSigned-off-by: Cy <cy@example.org>", {ANNAS, EVES}),
        ("x\n\n  Co-authored-by: anna@example.org", {ANNAS}),
        ("x\n\nSigned-off-by: Anna <anna@example.org>\nas Co-authored-by: nobody", set()),
        ("Co-authored-by: Anna <anna@example.org>", {ANNAS}),
        ("", set()),
    ],
)  # fmt: skip
def test_co_authors_are_found_wherever_they_stand(repo: GitRepo, message: str, found: set[str]) -> None:
    repo.git("commit", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-m", message)
    assert steps(repo.path, repo.head())[0].unseparated == found


def test_what_only_the_merge_holds_is_the_mergers(repo: GitRepo) -> None:
    forked(repo)
    repo.switch("main")
    repo.merge("work", commit=False)
    repo.write("a.md", "evil")
    repo.write("new.md", "evil")
    (repo.path / "b.md").unlink()
    *_, step = steps(repo.path, repo.commit("Merge", EVE))
    assert letters(step) == {"a.md": "M", "b.md": "D", "new.md": "A"}
    assert authors(step) == {"a.md": {ANNAS, EVES}, "b.md": {EVES}, "new.md": {EVES}}


def test_a_mode_that_only_the_merge_gave_is_the_mergers(repo: GitRepo) -> None:
    forked(repo)
    repo.switch("main")
    repo.merge("work", commit=False)
    (repo.path / "a.md").chmod(0o755)
    *_, step = steps(repo.path, repo.commit("Merge", EVE))
    assert authors(step) == {"a.md": {ANNAS, EVES}}


def test_a_merge_that_throws_away_what_it_brought(repo: GitRepo) -> None:
    forked(repo)
    repo.switch("main")
    *_, step = steps(repo.path, repo.merge("work", options=["-s", "ours"]))
    assert (step.changes, authors(step)) == ((), {})


def test_a_merge_of_nothing_new_has_the_mergers_changes(repo: GitRepo) -> None:
    """The other parent is in history already, so that nothing was brought: a merge made by hand."""
    repo.write("a.md", "1")
    old = repo.commit("First")
    repo.write("a.md", "2")
    new = repo.commit("Second")
    made = repo.git(
        "commit-tree", f"{old}^{{tree}}", "-p", new, "-p", old, "-m", "x", GIT_AUTHOR_EMAIL="eve@example.org"
    )
    *_, step = steps(repo.path, made)
    assert authors(step) == {"a.md": {EVES, BOBS}}


def test_octopus(repo: GitRepo) -> None:
    repo.commit("First")
    for name, author in (("x", ANNA), ("y", EVE)):
        repo.branch(name, "main")
        repo.write(f"{name}.md", name)
        repo.commit(name, author)
    repo.switch("main")
    *_, step = steps(repo.path, repo.merge("x", "y", author=CY))
    assert authors(step) == {"x.md": {ANNAS}, "y.md": {EVES}}


def test_a_branch_that_took_main_in(repo: GitRepo) -> None:
    """What came from main is not brought again, whoever pressed the button."""
    forked(repo)
    repo.switch("main")
    repo.write("b.md", "2")
    repo.commit("Meanwhile", CY)
    repo.switch("work")
    repo.merge("main", author=EVE)
    repo.switch("main")
    *_, step = steps(repo.path, repo.merge("work"))
    assert authors(step) == {"a.md": {ANNAS}}


def test_a_second_merge_of_a_branch_brings_only_what_is_new(repo: GitRepo) -> None:
    forked(repo)
    repo.switch("main")
    repo.merge("work")
    repo.switch("work")
    repo.write("a.md", "4")
    repo.commit("Again", EVE)
    repo.switch("main")
    *_, step = steps(repo.path, repo.merge("work"))
    assert authors(step) == {"a.md": {EVES}}


def test_every_kind_of_change(repo: GitRepo) -> None:
    for name in ("deleted", "renamed", "mode", "type", "same"):
        repo.write(name, name)
    repo.commit("First")
    repo.git("rm", "-q", "deleted")
    repo.git("mv", "renamed", "target")
    (repo.path / "mode").chmod(0o755)
    (repo.path / "type").unlink()
    (repo.path / "type").symlink_to("same")
    repo.git("add", "-A")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    repo.git("commit", "-qm", "All")
    *_, step = steps(repo.path, repo.head())
    modes = {c.path: (c.before and c.before.mode, c.after and c.after.mode) for c in step.changes}
    assert modes == {
        "deleted": ("100644", None), "renamed": ("100644", None), "target": (None, "100644"),
        "mode": ("100644", "100755"), "type": ("100644", "120000"), "module": (None, "160000"),
    }  # fmt: skip
    assert door.changes(repo.path, step.parent, step.commit) == step.changes


def test_odd_names(repo: GitRepo) -> None:
    names = {
        "Größe ☃.md",
        "q\"uo'te",
        "line\nbreak",
        "-rf",
        "--output=x",
        ":colon",
        "tab\there",
        " space ",
        "back\\slash",
        "\udcff",
    }
    for name in names:
        repo.write(name, "x")
    head = repo.commit("Odd")
    assert {c.path for c in steps(repo.path, head)[0].changes} == names
    assert {e.path for e in door.tree(repo.path, head)} == names
    assert set(pulled(repo.path, head, head).authors) == set()


def test_a_folder_of_a_repository(repo: GitRepo) -> None:
    repo.write("sub/a.md", "1")
    repo.write("subway.md", "1")
    repo.commit("First")
    repo.write("other.md", "1")
    repo.commit("Elsewhere", EVE)
    repo.git("mv", "sub/a.md", "moved.md")
    repo.write("sub/b.md", "1")
    repo.commit("Moved out")
    found = steps(repo.path / "sub", repo.head())
    assert [letters(s) for s in found] == [{"a.md": "A"}, {}, {"a.md": "D", "b.md": "A"}]
    assert [authors(s) for s in found][1] == {}


def test_bare_detached_and_worktree_give_the_same(repo: GitRepo, tmp_path: Path) -> None:
    forked(repo)
    expected = steps(repo.path, repo.head())
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    repo.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    repo.git("switch", "-q", "--detach")
    for root in (repo.path, tmp_path / "bare", tmp_path / "tree"):
        assert steps(root, door.resolve(root, "HEAD")) == expected, root


def test_sha256(tmp_path: Path) -> None:
    repo = GitRepo.new(tmp_path / "repo", "--object-format=sha256")
    repo.write("a.md", "1")
    first = repo.commit("First")
    assert len(first) == 64
    (step,) = steps(repo.path, first)
    assert door.changes(repo.path, "", first) == step.changes
    assert door.merge_tree(repo.path, first, first).tree == repo.git("rev-parse", "HEAD^{tree}")


@pytest.mark.parametrize("commit", ["HEAD", "main", "--output=x", "", "abc", "0" * 39, "^" + "0" * 40])
def test_only_full_ids_reach_git(repo: GitRepo, commit: str) -> None:
    repo.commit("First")
    with pytest.raises(ValueError, match="no full object id"):
        steps(repo.path, commit)


def test_a_ref_that_looks_like_an_option(repo: GitRepo, tmp_path: Path) -> None:
    head = repo.commit("First")
    repo.git("update-ref", "refs/heads/--output=x", head)
    assert door.resolve(repo.path, "refs/heads/--output=x") == head
    assert len(steps(repo.path, head)) == 1
    assert sorted(p.name for p in repo.path.iterdir()) == [".git"]


def test_the_authors_of_a_pull_request(repo: GitRepo) -> None:
    forked(repo)
    base = repo.git("rev-parse", "main")
    repo.write("a.md", "5")
    repo.write("c.md", "5")
    head = repo.commit("More", CY, committer=EVE, co_authors=[BOB])
    assert pulled(repo.path, base, head).authors == {
        "a.md": {ANNAS, CYS, EVES, BOBS},
        "c.md": {CYS, EVES, BOBS},
    }
    assert pulled(repo.path, head, base).authors == {}
