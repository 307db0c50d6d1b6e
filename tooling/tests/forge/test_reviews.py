"""Which reviews of a pull request stand."""

import json
from datetime import UTC, datetime

import pytest
from forge.fake_github import FakeGitHub, Reply
from forge.shapes import BASE, HEAD, MERGE, OLD, pull, review

from smsrepo.errors import CannotRunError
from smsrepo.forge.github import GitHub
from smsrepo.model.forge_facts import Account, Review

YES, NO, WORD, DRAFT, GONE = "APPROVED", "CHANGES_REQUESTED", "COMMENTED", "PENDING", "DISMISSED"

# what happened, in the order GitHub tells it → what stands, and whose verdict was dismissed
SEQUENCES = {
    "nothing": ([], [], []),
    "an approval": ([("ben", YES)], ["ben approve"], []),
    "a rejection": ([("ben", NO)], ["ben reject"], []),
    "only words": ([("ben", WORD), ("ben", WORD)], [], []),
    "only a draft": ([("ben", DRAFT)], [], []),
    "rejected, then approved": ([("ben", NO), ("ben", YES)], ["ben approve"], []),
    "approved, then rejected": ([("ben", YES), ("ben", NO)], ["ben reject"], []),
    "words change no verdict": ([("ben", YES), ("ben", WORD)], ["ben approve"], []),
    "a draft changes no verdict": ([("ben", NO), ("ben", DRAFT)], ["ben reject"], []),
    "dismissed": ([("ben", GONE)], [], ["ben"]),
    "an earlier approval does not come back": ([("ben", YES), ("ben", GONE)], [], ["ben"]),
    "words after a dismissal": ([("ben", GONE), ("ben", WORD)], [], ["ben"]),
    "approved again after a dismissal": ([("ben", GONE), ("ben", YES)], ["ben approve"], []),
    "each for himself": ([("ben", YES), ("carla", NO), ("ben", WORD)], ["ben approve", "carla reject"], []),
    "in the order of the last word": (
        [("ben", NO), ("carla", NO), ("ben", YES)],
        ["carla reject", "ben approve"],
        [],
    ),
    "the author's own": ([("anna", YES)], ["anna approve"], []),
    "a bot": ([("lint[bot]", YES)], ["lint[bot] approve bot"], []),
    "deleted accounts are not one account": ([(None, NO), (None, YES)], [" reject", " approve"], []),
    "the ghost account is a deleted one": ([("ghost", NO), ("ghost", YES)], [" reject", " approve"], []),
}


@pytest.mark.parametrize(("told", "stand", "dismissed"), SEQUENCES.values(), ids=SEQUENCES)
def test_the_last_verdict_of_each_account_stands(
    fake: FakeGitHub,
    github: GitHub,
    told: list[tuple[str | None, str]],
    stand: list[str],
    dismissed: list[str],
) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [review(number, who, state) for number, (who, state) in enumerate(told, 1)]
    facts = github.pull(7)
    assert [f"{r.login} {r.verdict}{' bot' if r.bot else ''}" for r in facts.reviews] == stand
    assert [account.login for account in facts.dismissed] == dismissed


def test_what_counts_is_when_a_review_was_submitted_not_where_it_is_listed(
    fake: FakeGitHub, github: GitHub
) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [
        review(2, "ben", YES, "11:00:00"),
        review(1, "ben", NO, "10:00:00"),
        review(3, "carla", YES, "12:00:00"),
        review(4, "carla", NO, "12:00:00"),  # the same second: the list decides
    ]
    assert [(r.login, r.verdict) for r in github.pull(7).reviews] == [("ben", "approve"), ("carla", "reject")]


def test_a_review_in_full(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [review(31, "ben", YES, "10:15:00", OLD)]
    assert github.pull(7).reviews == (
        Review(
            forge="github",
            login="ben",
            user_id=12,
            bot=False,
            verdict="approve",
            commit=OLD,
            submitted_at=datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
            review_id=31,
            url="https://github.com/octo/handbook/pull/7#pullrequestreview-31",
        ),
    )


def test_a_review_of_a_lost_commit_is_bound_to_nothing(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [review(1, "ben", YES, commit=None)]
    assert [r.commit for r in github.pull(7).reviews] == [""]


@pytest.mark.parametrize(
    ("odd", "where"),
    [
        (review(1, "ben", "SHRUGGED"), "SHRUGGED"),
        (review(1, "ben", YES, commit="HEAD"), "review.commit_id"),
        (review(1, "ben", YES, commit="--output=x"), "review.commit_id"),
        (review(1, "ben", YES, commit=HEAD + "\n"), "review.commit_id"),
        (review(1, "ben", YES) | {"submitted_at": "2026-11-20T10:00:00"}, "review.submitted_at"),
        (review(1, "ben", YES) | {"submitted_at": "yesterday"}, "review.submitted_at"),
    ],
)
def test_a_review_that_cannot_be_read_stops_the_run(
    fake: FakeGitHub, github: GitHub, odd: dict[str, object], where: str
) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [odd]
    with pytest.raises(CannotRunError, match=where):
        github.pull(7)


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
def test_every_page_of_reviews_is_read(fake: FakeGitHub, github: GitHub, page_size: int) -> None:
    fake.pulls[7], fake.page_size = pull(), page_size
    fake.reviews[7] = [review(number, f"person{number}", YES) for number in range(1, 6)]
    assert [r.review_id for r in github.pull(7).reviews] == [1, 2, 3, 4, 5]


def test_an_open_pull_request(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    facts = github.pull(7)
    assert (facts.number, facts.title, facts.url) == (
        7,
        "Review the policy",
        "https://github.com/octo/handbook/pull/7",
    )
    assert facts.author == Account("anna", 11, bot=False)
    assert (facts.base_branch, facts.base_commit, facts.head_commit) == ("main", BASE, HEAD)
    assert (facts.merge_commit, facts.merged_at, facts.merged_by) == (None, None, None)


def test_a_merged_pull_request(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull(merge=MERGE)
    facts = github.pull(7)
    assert facts.merge_commit == MERGE
    assert facts.merged_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert facts.merged_by == Account("ben", 12, bot=False)


def test_a_merge_by_a_deleted_account(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull(merge=MERGE, merged_by=None)
    assert github.pull(7).merged_by is None


def test_a_merge_without_its_commit_stops_the_run(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull(merge=MERGE, merge_commit_sha=None)
    with pytest.raises(CannotRunError, match="merge_commit_sha"):
        github.pull(7)


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("number", "7", "pull request.number"),
        ("number", True, "pull request.number"),
        ("merged", None, "pull request.merged"),
        ("title", 7, "pull request.title"),
        ("base", None, "pull request.base"),
        ("user", "anna", "pull request.user"),
    ],
)
def test_an_answer_of_another_shape_stops_the_run(
    fake: FakeGitHub, github: GitHub, name: str, value: object, where: str
) -> None:
    fake.mishaps = [Reply(200, json.dumps(pull() | {name: value}).encode())]
    with pytest.raises(CannotRunError, match=f"not as published: {where}$"):
        github.pull(7)


def test_what_is_missing_is_not_taken_for_null(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    nameless = {name: value for name, value in review(1, "ben", NO).items() if name != "user"}
    fake.mishaps = [None, Reply(200, json.dumps([nameless]).encode())]
    with pytest.raises(CannotRunError, match=r"review\.user"):
        github.pull(7)
