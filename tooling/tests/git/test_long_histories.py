"""Long histories and large commits are read in one pass, fast."""

import time
from pathlib import Path

import pytest
from support.gitrepo import GitRepo

from smsrepo.git.history import steps


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return GitRepo.new(tmp_path / "repo")


def imported(repo: GitRepo, commits: int, documents: int) -> None:
    """Main with that many commits, of one document each, some of them merges; documents of some kilobytes."""
    text = b"A line of a policy that goes on for a while.\n" * 60
    out = []
    for number in range(1, commits + 1):
        out.append(b"commit refs/heads/main\nmark :%d\n" % number)
        out.append(b"author A <a%d@example.org> %d +0000\n" % (number % 50, 1_700_000_000 + number * 60))
        out.append(b"committer B <b@example.org> %d +0000\ndata 2\nx\n" % (1_700_000_000 + number * 60))
        if number > 2:
            out.append(b"from :%d\n" % (number - 1))
            if number % 10 == 0:
                out.append(b"merge :%d\n" % (number - 2))
        body = b"%d\n%s" % (number, text)
        out.append(
            b"M 100644 inline policies/%02d/POL-%04d.md\ndata %d\n%s\n"
            % (number % documents % 20, number % documents, len(body), body)
        )
    repo.git("fast-import", "--quiet", stdin=b"".join(out))


def test_a_long_history_is_read_in_one_pass(repo: GitRepo) -> None:
    imported(repo, 10_000, 1_000)
    head = repo.git("rev-parse", "main")
    start = time.perf_counter()
    found = steps(repo.path, head)
    took = time.perf_counter() - start
    print(f"10,000 commits in {took:.2f} s")
    assert (len(found), sum(len(s.changes) for s in found)) == (10_000, 10_000)
    assert took < 5


def test_one_commit_of_many_files(repo: GitRepo) -> None:
    lines = [b"commit refs/heads/main\ncommitter B <b@example.org> 1700000000 +0000\ndata 2\nx\n"]
    lines += [b"M 100644 inline d%d/f%d\ndata 2\nx\n" % (n % 100, n) for n in range(20_000)]
    repo.git("fast-import", "--quiet", stdin=b"".join(lines))
    start = time.perf_counter()
    (step,) = steps(repo.path, repo.git("rev-parse", "main"))
    assert len(step.changes) == len(step.authors) == 20_000
    assert time.perf_counter() - start < 5
