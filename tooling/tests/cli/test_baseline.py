"""sms baseline: what it marks, what it refuses, and what it notices afterwards."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.gitrepo import GitRepo
from support.releases import FIRST, SECOND, as_anna, clone
from support.small_sms import made_by


@pytest.fixture
def repo(pristine_released: Path, tmp_path: Path) -> GitRepo:
    return clone(pristine_released, tmp_path / "repo")


def remade(repo: GitRepo, name: str, change: Callable[[str], str], commit: str = "") -> None:
    """The tag once more, with another message or commit."""
    message = change(repo.git("for-each-ref", "--format=%(contents)", f"refs/tags/{name}"))
    at = commit or repo.git("rev-parse", f"{name}^{{commit}}")
    words = ("tag", "--annotate", "--force", "--cleanup=verbatim", "--file=-", name, at)
    repo.git(*words, stdin=message.rstrip("\n").encode() + b"\n")


def test_it_is_listed_and_shown(repo: GitRepo) -> None:
    listed = as_anna("baseline", "--list", cwd=repo.path)
    assert [line.split()[0] for line in listed.out.splitlines()] == ["Name", FIRST, SECOND]
    assert as_anna("baseline", "--list", "--format", "names", cwd=repo.path).out == f"{FIRST}\n{SECOND}\n"
    assert "POL-001  1.1       2026-02-01" in as_anna("baseline", "--show", SECOND, cwd=repo.path).out
    shown = as_anna("baseline", "--show", FIRST, "--format", "json", cwd=repo.path)
    (data,) = json.loads(shown.out)
    assert (shown.code, data["name"], data["documents"][0]["revision"]) == (0, FIRST, "1.0")
    assert shown.err == "The history says the same.\n"


def test_it_is_named_after_it_is_made(repo: GitRepo) -> None:
    made = as_anna("baseline", "2026.3", cwd=repo.path)
    assert made.code == 0, made.err
    assert made.out.startswith("Baseline 2026.3: 4 documents in force, 3 of them taken over; 0 obsolete")
    assert "git push origin 2026.3" in made.out
    assert (
        repo.git("for-each-ref", "--format=%(taggername) %(objecttype)", "refs/tags/2026.3")
        == "Anna Nowak tag"
    )


def no_branch(repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "--detach")


def only_origin(repo: GitRepo) -> None:
    no_branch(repo)
    repo.git("update-ref", "refs/remotes/origin/main", repo.head())
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    repo.git("branch", "--quiet", "--delete", "--force", "main")


def main_not_pulled(repo: GitRepo) -> None:
    no_branch(repo)
    repo.git("update-ref", "refs/remotes/origin/main", repo.head())
    repo.git("branch", "--quiet", "--force", "main", "HEAD~1")


def not_pushed(repo: GitRepo) -> None:
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD~1")


@pytest.mark.parametrize("before", [no_branch, only_origin, main_not_pulled, not_pushed])
def test_it_is_made_at_the_tip(before: Callable[[GitRepo], None], repo: GitRepo) -> None:
    before(repo)
    made = as_anna("baseline", "2026.3", cwd=repo.path)
    assert made.code == 0, made.err


def test_nothing_to_list(repo: GitRepo) -> None:
    repo.git("tag", "--delete", FIRST, SECOND)
    repo.git("tag", "light")
    assert as_anna("baseline", "--list", cwd=repo.path).out == "There is no baseline yet.\n"


def dirty(repo: GitRepo) -> None:
    repo.write("notes.txt", "new")


def aside(repo: GitRepo) -> None:
    repo.branch("aside")


def ahead(repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "--detach")
    repo.commit("Nobody's")


def unproven(repo: GitRepo) -> None:
    repo.write(
        "policies/POL-002-changes.md", (repo.path / "policies/POL-002-changes.md").read_text() + "More.\n"
    )
    repo.commit("Just a word")


def stale(repo: GitRepo) -> None:
    repo.git("update-ref", "refs/remotes/origin/main", repo.head())
    repo.git("reset", "--quiet", "--hard", "HEAD~1")


def stale_without_origin(repo: GitRepo) -> None:
    """The branch follows a remote of another name."""
    repo.git("update-ref", "refs/remotes/forge/main", repo.head())
    repo.git("config", "remote.forge.fetch", "+refs/heads/*:refs/remotes/forge/*")
    repo.git("config", "branch.main.remote", "forge")
    repo.git("config", "branch.main.merge", "refs/heads/main")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")


def in_the_past(repo: GitRepo) -> None:
    repo.git("switch", "--quiet", "--detach", "HEAD~1")


def apart(repo: GitRepo) -> None:
    stale(repo)
    repo.commit("Mine")


def merged_the_wrong_way(repo: GitRepo) -> None:
    """The main branch of all is the second parent, and its steps are no steps any more."""
    apart(repo)
    repo.git("merge", "--quiet", "--no-edit", "origin/main", **made_by("bob", "2026-02-20T10:00:00Z"))


def nothing(repo: GitRepo) -> None:
    pass


# (what happened before, arguments, exit code, words)
REFUSED = {
    "not committed": (dirty, ["2026.3"], 2, "not everything is committed: notes.txt"),
    "another branch": (aside, ["2026.3"], 2, "marks the main branch main, and this is aside"),
    "no branch": (ahead, ["2026.3"], 2, "this is a commit that is not on it"),
    "behind origin": (stale, ["2026.3"], 2, "tip of the main branch, and this commit is behind origin/main"),
    "behind what it follows": (stale_without_origin, ["2026.3"], 2, "this commit is behind forge/main"),
    "no branch, behind": (in_the_past, ["2026.3"], 2, "this commit is behind main"),
    "apart from origin": (apart, ["2026.3"], 2, "this commit and origin/main went different ways"),
    "merged the wrong way": (merged_the_wrong_way, ["2026.3"], 2, "origin/main went different ways"),
    "unproven": (unproven, ["2026.3"], 1, "the history is not proven: "),
    "there already": (nothing, [FIRST], 2, f"there is a tag `{FIRST}` already"),
    "a space": (nothing, ["a b"], 2, "`a b` is no name for a baseline"),
    "a path": (nothing, ["a/b"], 2, "`a/b` is no name for a baseline"),
    "what the site calls the one in force": (nothing, ["Latest"], 2, "`Latest` cannot be the name of a baseline"),
    "a file": (nothing, ["index.html"], 2, "`index.html` is no name for a baseline"),
    "nothing to do": (nothing, [], 2, "say what to do"),
    "two things": (nothing, ["2026.3", "--list"], 2, "say what to do"),
    "shown, not there": (nothing, ["--show", "2027.1"], 2, "there is no baseline `2027.1`"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "arguments", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_refused(
    before: Callable[[GitRepo], None], arguments: list[str], code: int, words: str, repo: GitRepo
) -> None:
    before(repo)
    tags = repo.git("for-each-ref", "refs/tags")
    ran = as_anna("baseline", *arguments, cwd=repo.path)
    assert (ran.code, ran.out, words in ran.err) == (code, "", True), ran.err
    assert ran.err.count("Error: ") == 1
    assert repo.git("for-each-ref", "refs/tags") == tags


def test_before_control_begins(draft: Path) -> None:
    ran = as_anna("baseline", "2026.1", cwd=draft)
    assert (ran.code, "document control has not begun" in ran.err) == (2, True)


# (how the message of the tag was changed, what is said)
TAMPERED = {
    "another digest": (lambda text: text.replace('"sha256:', '"sha256:0', 1), "POL-001: the baseline says revision"),
    "another approver": (lambda text: text.replace("anna-nowak", "bob-berg"), "approved by bob-berg"),
    "another repository": (lambda text: text.replace('repository: "1', 'repository: "2'), "repository: the baseline says"),
    "another name": (lambda text: text.replace(SECOND, "2026.9"), "name: the baseline says 2026.9, the history 2026.2"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), TAMPERED.values(), ids=TAMPERED)
def test_what_the_history_does_not_say_is_an_error(
    change: Callable[[str], str], said: str, repo: GitRepo, tmp_path: Path
) -> None:
    remade(repo, SECOND, change)
    shown = as_anna("baseline", "--show", SECOND, cwd=repo.path)
    assert (shown.code, said in shown.err) == (1, True), shown.err
    published = as_anna("site", "publish", "--tag", SECOND, "--to", tmp_path / "site", cwd=repo.path)
    assert (published.code, said in published.err) == (1, True), published.err
    assert not (tmp_path / "site").exists()


def test_a_tag_that_was_moved(repo: GitRepo) -> None:
    remade(repo, SECOND, str, repo.git("rev-parse", FIRST + "^{commit}"))
    shown = as_anna("baseline", "--show", SECOND, cwd=repo.path)
    assert shown.code == 1
    assert "commit: the baseline says" in shown.err
    assert "POL-001: the baseline says revision 1.1" in shown.err


def test_a_tag_beside_the_main_branch(repo: GitRepo) -> None:
    repo.branch("aside")
    beside = repo.commit("Beside")
    commit = repo.git("rev-parse", SECOND + "^{commit}")
    remade(repo, SECOND, lambda text: text.replace(commit, beside), beside)
    shown = as_anna("baseline", "--show", SECOND, cwd=repo.path)
    assert (shown.code, shown.err) == (1, f"Error: commit {beside[:10]} is not on the main branch\n")


def test_a_tag_that_is_none(repo: GitRepo) -> None:
    repo.git("tag", "--annotate", "--message=Monday", "monday")
    shown = as_anna("baseline", "--show", "monday", cwd=repo.path)
    assert (shown.code, "the tag `monday` is no baseline" in shown.err) == (2, True)


def tagged(repo: GitRepo, name: str, message: str) -> None:
    """A tag of any name with any message, as somebody could push it."""
    text = f"object {repo.head()}\ntype commit\ntag {name}\ntagger M <m@example.org> 0 +0000\n\n{message}"
    made = repo.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", stdin=text.encode())
    repo.git("update-ref", f"refs/tags/{name}", made)


DEEP = "[" * 200_000
# (name of the tag, what becomes of the message of 2026.2, why it is left out; "" where it never claimed to be one)
CRAFTED = {
    "a name in many brackets": ("deep", lambda text: text.replace(f'"{SECOND}"', DEEP), "its message was altered"),
    "counts in many brackets": ("deep", lambda text: text.replace("counts: {", f"counts: {DEEP}{{"), "its message was altered"),
    "a document in many brackets": ("deep", lambda text: text.replace("\n- {", f"\n- {DEEP}{{"), "its message was altered"),
    "a number of many digits": ("long", lambda text: text.replace(f'"{SECOND}"', "9" * 10_000), "its message was altered"),
    "the message of another": ("2026.9", str, f"its message is that of the baseline `{SECOND}`"),
    "an option": ("--help", lambda text: text.replace(SECOND, "--help"), "`--help` is no name for a baseline"),
    "a path": ("a/b", lambda text: text.replace(SECOND, "a/b"), "`a/b` is no name for a baseline"),
    "a path as its name": ("2026.9", lambda text: text.replace(SECOND, "../../x"), "is that of the baseline `../../x`"),
    "two lines as its name": ("2026.9", lambda text: text.replace(f'"{SECOND}"', f'"{FIRST}\\n--help"'), "was altered"),
    "a message to a terminal": ("2026.9", lambda text: text.replace(SECOND, "\\u001b[2J"), "its message was altered"),
    "half a character": ("2026.9", lambda text: text.replace(f'"{SECOND}"', '"\\ud800"'), "its message was altered"),
    "a count that is a list": ("2026.9", lambda text: text.replace('"pending": 0', '"pending": []'), "was altered"),
    "an id that is a list": ("2026.9", lambda text: text.replace('"id": "POL-001"', '"id": []'), "was altered"),
    "another text": ("monday", lambda text: "Monday\n", ""),
    "nothing": ("monday", lambda text: "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change", "why"), CRAFTED.values(), ids=CRAFTED)
def test_any_tag_can_be_pushed(name: str, change: Callable[[str], str], why: str, repo: GitRepo) -> None:
    message = repo.git("for-each-ref", "--format=%(contents)", f"refs/tags/{SECOND}")
    tagged(repo, name, change(f"{message.rstrip()}\n"))
    for form, out in {"names": f"{FIRST}\n{SECOND}\n", "json": None, "text": None}.items():
        listed = as_anna("baseline", "--list", "--format", form, cwd=repo.path)
        assert listed.code == 0, listed.err
        assert out in (None, listed.out)
        assert "\x1b" not in listed.out + listed.err
        told = [f"Warning: the tag `{name}` is left out: ", why] if why else []
        assert [part in listed.err for part in told] == [True] * len(told)
        assert bool(listed.err) is bool(why)
    shown = as_anna("baseline", f"--show={name}", cwd=repo.path)
    assert (shown.code in (1, 2), shown.err.startswith("Error: ")) == (True, True), shown.err


def test_a_document_named_twice_is_no_baseline(repo: GitRepo) -> None:
    """What is listed first could be anything, while the last agrees with the history."""

    def twice(text: str) -> str:
        line = next(line for line in text.splitlines() if line.startswith('- {"id": "POL-001"'))
        forged = line.replace('"revision": "1.1"', '"revision": "9.9"')
        more = text.replace(line, f"{forged}\n{line}")
        return more.replace("4 documents", "5 documents").replace('"in_force": 4', '"in_force": 5')

    remade(repo, SECOND, twice)
    shown = as_anna("baseline", "--show", SECOND, cwd=repo.path)
    assert (shown.code, shown.out) == (2, "")
    assert f"the tag `{SECOND}` is no baseline: its message was altered" in shown.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_can_be_named(day: str, repo: GitRepo) -> None:
    now = json.loads(as_anna("baseline", "--show", SECOND, "--format", "json", cwd=repo.path).out)[0]["day"]
    remade(repo, SECOND, lambda text: text.replace(now, day))
    shown = as_anna("baseline", "--show", SECOND, cwd=repo.path)
    assert (shown.code in (0, 1), shown.out.startswith("Baseline 2026.2: ")) == (True, True), shown.err
