"""Which merged pull request brought a commit."""

import pytest
from forge.fake_github import FakeGitHub
from forge.shapes import MERGE, OLD, pull

from smsrepo.errors import CannotRunError
from smsrepo.forge.github import GitHub

# what GitHub links with the commit MERGE → the number of the pull request that brought it
LINKS = {
    "a direct push": ([], None),
    "its merge": ([pull(7, merge=MERGE)], 7),
    "one of several commits of a rebase": ([pull(7, merge=OLD)], 7),
    "only open ones": ([pull(7), pull(8)], None),
    "its merge among open ones": ([pull(6), pull(7, merge=MERGE), pull(8)], 7),
    "a stack: the one whose merge it is": ([pull(6, merge=OLD), pull(7, merge=MERGE)], 7),
    "a fork's pull request": ([pull(6, merge=MERGE, base="fork/handbook"), pull(7, merge=MERGE)], 7),
    "the name in other letters": ([pull(7, merge=MERGE, base="Octo/Handbook")], 7),
}


@pytest.mark.parametrize(("linked", "number"), LINKS.values(), ids=LINKS)
def test_the_merged_pull_request_of_a_commit(
    fake: FakeGitHub, github: GitHub, linked: list[dict[str, object]], number: int | None
) -> None:
    fake.pulls_of[MERGE] = linked
    fake.pulls = {int(str(p["number"])): p for p in linked}
    found = github.pull_of(MERGE)
    assert (found and found.number) == number


def test_a_commit_of_two_pull_requests_cannot_be_told(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls_of[MERGE] = [pull(7, merge=OLD), pull(8, merge=OLD)]
    with pytest.raises(CannotRunError, match="#7, #8"):
        github.pull_of(MERGE)


def test_an_unknown_commit_is_no_direct_push(fake: FakeGitHub, github: GitHub) -> None:
    with pytest.raises(CannotRunError, match=r"422 .*No commit found"):
        github.pull_of(OLD)


@pytest.mark.parametrize("odd", ["main", "abc123", "../../user", MERGE.upper(), MERGE + "\n"])
def test_only_a_full_hash_is_asked_for(fake: FakeGitHub, github: GitHub, odd: str) -> None:
    with pytest.raises(ValueError, match="not a full hash"):
        github.pull_of(odd)
    assert fake.requests == []
