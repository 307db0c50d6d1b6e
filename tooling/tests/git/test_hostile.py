"""What a repository's own settings say alters nothing that we read, and runs nothing."""

from pathlib import Path

import pytest
from support.gitrepo import GitRepo

from smsrepo.errors import CannotRunError
from smsrepo.git import door, process
from smsrepo.git.history import pulled, steps

HOSTILE = {
    "alias.log": "!TRAP", "color.ui": "always", "color.diff": "always", "core.abbrev": "5",
    "core.alternateRefsCommand": "TRAP", "core.attributesFile": "ATTRIBUTES", "core.editor": "TRAP", "core.fsmonitor": "TRAP",
    "core.hooksPath": "HOOKS", "core.pager": "TRAP", "core.quotePath": "true", "core.sshCommand": "TRAP",
    "diff.evil.command": "TRAP", "diff.evil.textconv": "TRAP", "diff.external": "TRAP", "diff.ignoreSubmodules": "all",
    "diff.mnemonicPrefix": "true", "diff.noprefix": "true", "diff.orderFile": "MISSING", "diff.relative": "true",
    "diff.renames": "copies", "diff.submodule": "log", "filter.evil.clean": "TRAP", "filter.evil.smudge": "TRAP",
    "format.notes": "true", "format.pretty": "oneline", "gpg.program": "TRAP", "gpg.ssh.program": "TRAP",
    "i18n.commitEncoding": "UTF-16", "i18n.logOutputEncoding": "UTF-16", "log.date": "relative", "log.decorate": "full",
    "log.diffMerges": "off", "log.follow": "true", "log.mailmap": "true", "log.showRoot": "false",
    "log.showSignature": "true", "mailmap.file": "MAILMAP", "merge.default": "evil", "merge.directoryRenames": "true",
    "merge.evil.driver": "TRAP", "merge.renames": "false", "merge.renormalize": "true", "notes.displayRef": "*",
    "pager.log": "TRAP", "submodule.module.ignore": "all", "tag.gpgSign": "true", "trailer.Co-authored-by.key": "Reviewed-by",
    "trailer.separators": "#", "uploadpack.packObjectsHook": "TRAP",
}  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """Main and the branch `work`, which both changed a.md, with a submodule, renames and a signed commit."""
    repo = GitRepo.new(tmp_path / "repo")
    repo.write("a.md", "1\n" * 30)
    repo.write("é.md", "same")
    (repo.path / "module").mkdir()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    repo.commit("First", co_authors=["Anna <anna@example.org>"])
    repo.branch("work")
    repo.write("a.md", "2\n" + "1\n" * 29)
    repo.git("mv", "é.md", "ü.md")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'2' * 40},module")
    repo.commit("Work", "Eve <eve@example.org>")
    repo.switch("main")
    repo.write("a.md", "1\n" * 29 + "3\n")
    repo.commit("Main")
    repo.merge("work")
    repo.git("commit-graph", "write", "--reachable")
    return repo


def everything(repo: GitRepo) -> list[object]:
    root = repo.path
    head = door.resolve(root, "main")
    main, work = (door.resolve(root, name) for name in ("main~1", "work"))
    merged = door.merge_tree(root, main, work)
    entries = list(door.tree(root, merged.tree))
    ids = [entry.blob for entry in entries]
    return [
        steps(root, head), pulled(root, main, work), merged, entries, list(door.blobs(root, ids)),
        door.sizes(root, ids), door.changes(root, main, work), door.head(root), door.default_branch(root),
        door.is_ancestor(root, work, head), door.git_folder(root),
    ]  # fmt: skip


def test_settings_alter_nothing_and_run_nothing(repo: GitRepo, tmp_path: Path) -> None:
    expected = everything(repo)
    assert len(door.changes(repo.path, repo.git("rev-parse", "main~2"), repo.git("rev-parse", "work"))) == 4
    trap, attributes = tmp_path / "trap", "* diff=evil merge=evil filter=evil -text\n"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\n")
    trap.chmod(0o755)
    (tmp_path / "attributes").write_text(attributes)
    (tmp_path / "mailmap").write_text("Good <good@example.org> <eve@example.org>\n")
    places = {
        "TRAP": str(trap),
        "ATTRIBUTES": str(tmp_path / "attributes"),
        "MAILMAP": str(tmp_path / "mailmap"),
        "HOOKS": str(tmp_path),
    }
    repo.write(".git/info/attributes", attributes)
    repo.write(".gitattributes", attributes)
    repo.write(".mailmap", "Good <good@example.org> <eve@example.org>\n")
    for name, value in HOSTILE.items():
        for word, place in places.items():
            value = value.replace(word, place)  # noqa: PLW2901
        repo.git("config", name, value)
    assert everything(repo) == expected
    assert not (tmp_path / "sprung").exists()


def test_a_commit_graph_that_lies_is_not_believed(repo: GitRepo) -> None:
    """The graph says that no commit has a parent."""
    expected = steps(repo.path, repo.head())
    graph = repo.path / ".git/objects/info/commit-graph"
    data = bytearray(graph.read_bytes())
    entry = data.index(b"CDAT") + 4
    start, end = (int.from_bytes(data[at : at + 8]) for at in (entry, entry + 12))
    for at in range(start, end, 36):
        data[at + 20 : at + 28] = bytes.fromhex("70000000") * 2
    graph.chmod(0o644)
    graph.write_bytes(data)
    assert repo.git("rev-list", "--count", "HEAD") == "1"
    assert steps(repo.path, repo.head()) == expected


def test_nothing_is_fetched(repo: GitRepo, tmp_path: Path) -> None:
    """A remote that runs a program when an object is missing."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\n")
    trap.chmod(0o755)
    gone = repo.git("rev-parse", "main")
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "extensions.partialClone", "evil")
    repo.git("config", "remote.evil.url", f"ext::{trap}")
    repo.git("config", "remote.evil.promisor", "true")
    repo.git("config", "protocol.ext.allow", "always")
    (repo.path / ".git/objects" / gone[:2] / gone[2:]).unlink()
    with pytest.raises(CannotRunError):
        list(door.blobs(repo.path, [gone]))
    with pytest.raises(CannotRunError):
        list(door.tree(repo.path, gone))
    with pytest.raises(Exception, match="no commit"):
        door.resolve(repo.path, "main")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(("name", "value"), [("core.worktree", "ELSEWHERE"), ("core.bare", "true")])
def test_a_root_outside_its_working_tree_is_refused(
    repo: GitRepo, tmp_path: Path, name: str, value: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    head = repo.head()
    repo.git("config", name, value.replace("ELSEWHERE", str(tmp_path / "elsewhere")))
    with pytest.raises(CannotRunError, match="not in the working tree"):
        steps(repo.path, head)


def test_the_callers_variables_have_no_say(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = everything(repo)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'log.showroot=false'")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert everything(repo) == expected


def test_a_folder_of_another_user(repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses it, and so do we, until the user's own configuration says that it is safe."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(process, "FIXED", {**process.FIXED, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    for ask in (
        lambda: door.resolve(repo.path, "main"),
        lambda: door.head(repo.path),
        lambda: everything(repo),
    ):
        with pytest.raises(CannotRunError, match="dubious ownership") as refusal:
            ask()
        assert "safe.directory" in refusal.value.hint
    (tmp_path / ".gitconfig").write_text(f"[safe]\n\tdirectory = {repo.path}\n")
    assert len(everything(repo)) == 11
