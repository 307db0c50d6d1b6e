"""Issues for what is due, and comments on pull requests: one of each, whatever is repeated or imitated."""

import pytest
from forge import shapes
from forge.fake_github import FakeGitHub, Reply, refused

from smsrepo.errors import CannotRunError
from smsrepo.forge.github import GitHub

MARKER = "<!-- smsrepo:due:POL-001 -->\n"


def open_issues(fake: FakeGitHub) -> list[int]:
    return [issue["number"] for issue in fake.issues if issue["state"] == "open"]


def writes(fake: FakeGitHub) -> list[str]:
    return [asked for asked in fake.asked() if not asked.startswith("GET") and "graphql" not in asked]


def test_an_issue_is_opened(fake: FakeGitHub, github: GitHub) -> None:
    url = github.put_issue("POL-001", "Review the policy", "It is due.", ["anna"])
    (issue,) = fake.issues
    assert url == issue["html_url"]
    assert (issue["title"], issue["body"]) == ("Review the policy", MARKER + "It is due.")
    assert [label["name"] for label in issue["labels"]] == ["sms-due"]
    assert [user["login"] for user in issue["assignees"]] == ["anna"]


def test_repeating_changes_nothing(fake: FakeGitHub, github: GitHub) -> None:
    first = github.put_issue("POL-001", "Review", "It is due.\n", ["anna"])
    fake.issues[0]["body"] = fake.issues[0]["body"].replace("\n", "\r\n").rstrip()  # as a browser leaves it
    assert github.put_issue("POL-001", "Review", "It is due.\n", ["Anna"]) == first
    assert writes(fake) == ["POST /issues"]


def test_what_changed_is_brought_up_to_date(fake: FakeGitHub, github: GitHub) -> None:
    url = github.put_issue("POL-001", "Review", "Due.", ["anna"])
    assert github.put_issue("POL-001", "Review now", "Overdue.", ["ben", "stranger"]) == url
    (issue,) = fake.issues
    assert (issue["title"], issue["body"]) == ("Review now", MARKER + "Overdue.")
    assert [user["login"] for user in issue["assignees"]] == ["anna", "ben"]


def test_each_key_has_its_issue(fake: FakeGitHub, github: GitHub) -> None:
    keys = ["POL-001", "POL-0011", "audit:2026"]
    assert len({github.put_issue(key, "Due", "Do it.", []) for key in keys * 2}) == 3
    assert len(fake.issues) == 3


def test_what_is_no_longer_due_is_closed(fake: FakeGitHub, github: GitHub) -> None:
    url = github.put_issue("POL-001", "Review", "Due.", [])
    assert github.put_issue("POL-001", "Review", "", []) == url
    assert (fake.issues[0]["state"], fake.issues[0]["state_reason"]) == ("closed", "completed")
    assert github.put_issue("POL-001", "Review", "", []) == ""
    assert github.put_issue("POL-001", "Review", "Due again.", []) != url
    assert open_issues(fake) == [2]


def test_of_two_that_met_the_older_stays(fake: FakeGitHub, github: GitHub) -> None:
    fake.issues = [shapes.issue(number, "Review", MARKER + "Due.") for number in (1, 2, 3)]
    assert github.put_issue("POL-001", "Review", "Due.", []) == fake.issues[0]["html_url"]
    assert open_issues(fake) == [1]


IMITATIONS = {
    "by somebody else": shapes.issue(1, "Review", MARKER + "Due.", "carla"),
    "by a deleted account": shapes.issue(1, "Review", MARKER + "Due.") | {"user": None},
    "a pull request": shapes.issue(1, "Review", MARKER + "Due.")
    | {"pull_request": {"url": None, "html_url": None, "diff_url": None, "patch_url": None}},
    "the marker further down": shapes.issue(1, "Review", f"See {MARKER}"),
    "another key": shapes.issue(1, "Review", "<!-- smsrepo:due:POL-002 -->\nDue."),
    "an empty one": shapes.issue(1, "Review", "") | {"body": None},
    "without our label": shapes.issue(1, "Review", MARKER + "Due.", labels=[]),
}


@pytest.mark.parametrize("imitation", IMITATIONS.values(), ids=IMITATIONS)
def test_what_only_looks_like_ours_is_left_alone(
    fake: FakeGitHub, github: GitHub, imitation: dict[str, object]
) -> None:
    fake.issues = [dict(imitation)]
    github.put_issue("POL-001", "Review", "Due.", [])
    assert fake.issues[0] == imitation
    assert open_issues(fake) == [1, 2]
    assert github.put_issue("POL-001", "Review", "", []) == fake.issues[1]["html_url"]
    assert open_issues(fake) == [1]


def test_ours_on_a_later_page_is_found(fake: FakeGitHub, github: GitHub) -> None:
    fake.issues = [
        shapes.issue(number, "Other", f"<!-- smsrepo:due:X-{number} -->\n") for number in range(1, 6)
    ]
    fake.issues.append(shapes.issue(6, "Review", MARKER + "Due."))
    assert github.put_issue("POL-001", "Review", "Due.", []) == fake.issues[5]["html_url"]
    assert writes(fake) == []


def test_a_list_that_could_not_be_read_opens_nothing(fake: FakeGitHub, github: GitHub) -> None:
    fake.mishaps = [refused(403, "Resource not accessible by integration")]
    with pytest.raises(CannotRunError, match="403"):
        github.put_issue("POL-001", "Review", "Due.", [])
    assert fake.asked() == ["GET /issues"]


@pytest.mark.parametrize(
    ("before", "refused_at"),
    [(1, "POST /graphql"), (2, "GET /assignees/anna")],
    ids=["who we are", "who is assignable"],
)
def test_a_doubt_on_the_way_changes_nothing(
    fake: FakeGitHub, github: GitHub, before: int, refused_at: str
) -> None:
    fake.issues = [shapes.issue(1, "Review", MARKER + "Due.")]
    fake.mishaps = [*[None] * before, refused(401, "Bad credentials")]
    with pytest.raises(CannotRunError, match="401"):
        github.put_issue("POL-001", "Review now", "Overdue.", ["anna"])
    assert fake.asked()[-1] == refused_at
    assert fake.issues[0]["title"] == "Review"


@pytest.mark.parametrize(
    "mishap", [refused(502, "Server Error"), Reply(201, b'{"id": 1', cut=True)], ids=["busy", "cut short"]
)
def test_a_creation_whose_answer_was_lost_is_not_sent_again(
    fake: FakeGitHub, github: GitHub, mishap: Reply
) -> None:
    fake.mishaps = [None, mishap]
    with pytest.raises(CannotRunError):
        github.put_issue("POL-001", "Review", "Due.", [])
    assert fake.asked() == ["GET /issues", "POST /issues"]


def test_a_creation_refused_for_a_limit_is_sent_again(
    fake: FakeGitHub, github: GitHub, waits: list[float]
) -> None:
    fake.mishaps = [None, refused(403, "You have exceeded a secondary rate limit", Retry_After="5")]
    github.put_issue("POL-001", "Review", "Due.", [])
    assert (len(fake.issues), waits) == (1, [5])


def test_a_change_is_sent_again(fake: FakeGitHub, github: GitHub) -> None:
    fake.issues = [shapes.issue(1, "Review", MARKER + "Due.")]
    fake.mishaps = [None, None, refused(500, "Server Error")]
    github.put_issue("POL-001", "Review", "", [])
    assert open_issues(fake) == []


@pytest.mark.parametrize("key", ["", "a b", "a\n", "a-->b", "a--b", "-a", "a-", "ä", "<a>"])
def test_no_key_breaks_out_of_its_marker(fake: FakeGitHub, github: GitHub, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        github.put_issue(key, "Review", "Due.", [])
    with pytest.raises(ValueError, match="not a key"):
        github.comment(7, key, "Text")
    assert fake.requests == []


def test_a_comment_is_made_once_and_then_changed(fake: FakeGitHub, github: GitHub) -> None:
    url = github.comment(7, "gate", "One approval is missing.")
    assert github.comment(7, "gate", "One approval is missing.") == url
    assert github.comment(7, "gate", "All is approved.") == url
    assert [comment["body"] for comment in fake.comments] == [
        "<!-- smsrepo:comment:gate -->\nAll is approved."
    ]
    assert writes(fake) == ["POST /issues/7/comments", "PATCH /issues/comments/1"]


def test_a_comment_of_somebody_else_is_left_alone(fake: FakeGitHub, github: GitHub) -> None:
    theirs = shapes.comment(1, "<!-- smsrepo:comment:gate -->\nAll is approved.", "carla")
    fake.comments = [theirs | {}]
    github.comment(7, "gate", "One approval is missing.")
    assert fake.comments[0] == theirs
    assert fake.comments[1]["body"].endswith("One approval is missing.")


def test_a_text_too_long_for_github_says_so(fake: FakeGitHub, github: GitHub) -> None:
    github.comment(7, "gate", "A line of the report\n" * 5000)
    body = fake.comments[0]["body"]
    assert len(body) <= 65_536
    assert body.endswith("A line of the report\n\n*The rest does not fit here.*")
