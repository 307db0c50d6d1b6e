"""A forge that stumbles: bounded patience, clear words, and never an empty list for "no reviews"."""

import http.server

import pytest
from forge import shapes
from forge.fake_github import FakeGitHub, Reply, refused, serving
from forge.shapes import pull, review

from smsrepo.errors import CannotRunError
from smsrepo.forge.github import GitHub
from smsrepo.forge.github_api import Api

LATE = "1795168815"  # a quarter of a minute after the fake's clock
MUCH_LATER = "1795172400"  # an hour after it

BUSY = refused(500, "Server Error")
CUT = Reply(200, b'[{"id": 1', cut=True)

# mishaps of the first requests → the seconds waited before it went well
PASSING = {
    "two server errors": ([BUSY, BUSY], [1, 2]),
    "a bad gateway without JSON": ([Reply(502, b"<html>")], [1]),
    "an answer cut short": ([CUT], [1]),
    "a primary limit": (
        [refused(403, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset=LATE)],
        [15],
    ),
    "a primary limit by a clock we cannot read": (
        [
            refused(
                403, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset=LATE, Date="noon"
            )
        ],
        [60],
    ),
    "a secondary limit with its time": ([refused(403, "secondary rate limit", Retry_After="7")], [7]),
    "a secondary limit without a time": ([refused(403, "You have exceeded a secondary rate limit")], [60]),
    "too many requests": ([refused(429, "slow down", Retry_After="3")], [3]),
}


@pytest.mark.parametrize(("mishaps", "waited"), PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("late", [False, True], ids=["first request", "second page"])
def test_what_passes_is_waited_for(
    fake: FakeGitHub,
    github: GitHub,
    waits: list[float],
    mishaps: list[Reply],
    waited: list[float],
    late: bool,
) -> None:
    fake.pulls[7] = pull()
    fake.reviews[7] = [review(number, f"person{number}", "APPROVED") for number in (1, 2, 3)]
    fake.mishaps = [None, None, *mishaps] if late else [*mishaps]
    assert len(github.pull(7).reviews) == 3
    assert waits == waited


# what the list of reviews answers, every time → the words of the error
FINAL = {
    "always busy": (BUSY, "500 .*Server Error"),
    "always cut short": (CUT, "no complete answer"),
    "not JSON": (Reply(200, b"<html>"), "not JSON"),
    "not text": (Reply(200, b"\xff\xfe"), "not JSON"),
    "nothing": (Reply(200, b""), "not JSON"),
    "no content": (Reply(204), "204"),
    "not a list": (Reply(200, b"{}"), "not answer with a list"),
    "a list of something else": (Reply(200, b"[null]"), "not as published: review"),
    "an empty thing": (Reply(200, b"[{}]"), "not as published: review.state"),
    "a bad token": (refused(401, "Bad credentials"), "401 .*Bad credentials"),
    "a missing permission": (refused(403, "Resource not accessible by integration"), "403 .*not accessible"),
    "a limit for an hour": (
        refused(403, "rate limit", X_RateLimit_Remaining="0", X_RateLimit_Reset=MUCH_LATER),
        "60 minutes",
    ),
    "a limit that stays": (refused(429, "slow down", Retry_After="3"), "429 .*slow down"),
    "not there": (refused(404), "404 .*Not Found"),
    "a message with control characters": (refused(404, "not\x1b[31m\nthere"), r"404 .*: not \[31m there$"),
    "no size promised, no end": (
        Reply(200, b"[", {"Link": '<?page=1&per_page=100>; rel="next"'}),
        "not JSON",
    ),
}


@pytest.mark.parametrize(("reply", "words"), FINAL.values(), ids=FINAL)
def test_what_does_not_pass_stops_the_run(
    fake: FakeGitHub, github: GitHub, waits: list[float], reply: Reply, words: str
) -> None:
    fake.pulls[7] = pull()
    fake.mishaps = [None, *[reply] * 9]
    with pytest.raises(CannotRunError, match=words) as caught:
        github.pull(7)
    assert caught.value.hint
    assert "secret" not in caught.value.message + caught.value.hint
    assert len(fake.requests) <= 5
    assert sum(waits) <= 420


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("what", ["pull request", "reviews"])
def test_no_redirect_takes_the_token_along(github: GitHub, fake: FakeGitHub, status: int, what: str) -> None:
    fake.pulls[7] = pull()
    with serving(FakeGitHub()) as other:
        moved = Reply(status, b"", {"Location": f"{other.url}/repos/{shapes.REPOSITORY}/pulls/7"})
        fake.mishaps = [moved] if what == "pull request" else [None, moved]
        with pytest.raises(CannotRunError, match=str(status)) as caught:
            github.pull(7)
        assert "GITHUB_REPOSITORY" in caught.value.hint
        assert other.requests == []


@pytest.mark.parametrize("where", ["http://localhost:{port}", "https://127.0.0.1:{port}", "//evil.example"])
def test_no_list_continues_at_another_host(fake: FakeGitHub, github: GitHub, where: str) -> None:
    fake.pulls[7] = pull()
    link = f'<{where.format(port=fake.url.rsplit(":")[-1])}/x?page=2>; rel="next"'
    fake.mishaps = [None, Reply(200, b"[]", {"Link": link})]
    with pytest.raises(CannotRunError, match="another host"):
        github.pull(7)
    assert len(fake.requests) == 2


def test_a_list_that_leads_in_a_circle_ends(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    link = {"Link": f'<{fake.url}/repos/octo/handbook/pulls/7/reviews?per_page=100>; rel="next"'}
    fake.mishaps = [None, *[Reply(200, b"[]", link)] * 5]
    with pytest.raises(CannotRunError, match="does not end"):
        github.pull(7)


def test_a_full_page_without_a_link_is_not_the_last(fake: FakeGitHub) -> None:
    fake.pulls[7], fake.tells_next_page = pull(), False
    fake.reviews[7] = [review(number, f"person{number}", "APPROVED") for number in (1, 2, 3)]
    api = Api(fake.url, f"{fake.url}/graphql", "secret", page_size=2)
    assert len(GitHub(api, shapes.REPOSITORY).pull(7).reviews) == 3


def test_every_request_carries_the_token_and_only_reads(fake: FakeGitHub, github: GitHub) -> None:
    fake.pulls[7] = pull()
    github.pull(7)
    assert {(r.method, r.token) for r in fake.requests} == {("GET", "Bearer secret")}


def test_a_machine_that_does_not_listen(waits: list[float]) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        url = f"http://127.0.0.1:{server.server_port}"
    with pytest.raises(CannotRunError, match=r"no complete answer: .*refused"):
        GitHub(Api(url, f"{url}/graphql", "secret", sleep=waits.append), shapes.REPOSITORY).pull(7)
    assert waits == [1, 2, 4]


def test_a_proxy_does_not_see_the_own_machine(
    fake: FakeGitHub, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.pulls[7] = pull()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    assert github.pull(7).number == 7
