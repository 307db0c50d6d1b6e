"""GitHub's JSON becomes facts."""

from collections.abc import Iterable
from typing import NamedTuple

from smsrepo.errors import CannotRunError
from smsrepo.forge.fields import Fields
from smsrepo.model.forge_facts import Account, PullRequest, Review, Verdict

_VERDICTS: dict[str, Verdict] = {"APPROVED": "approve", "CHANGES_REQUESTED": "reject"}
# A comment changes no earlier verdict; a pending review is not submitted yet, and only its writer sees it.
_NO_VERDICT = frozenset({"COMMENTED", "PENDING"})
_NOBODY = Account("", 0, bot=False)
# The account under which GitHub shows what deleted accounts left behind, where it does not say null.
_GHOST = 10137


class Standing(NamedTuple):
    """The last word of each account: verdicts that stand, and the accounts whose last verdict was dismissed."""

    reviews: tuple[Review, ...]
    dismissed: tuple[Account, ...]


def account(user: Fields | None) -> Account:
    """An account; null and the ghost account are a deleted one."""
    if user is None or user.number("id") == _GHOST:
        return _NOBODY
    return Account(user.text("login"), user.number("id"), bot=user.text("type") != "User")


def standing(reviews: Iterable[Fields]) -> Standing:
    """What stands after all reviews of a pull request.

    Of each account the last APPROVED, CHANGES_REQUESTED or DISMISSED counts. GitHub turns the state of a review
    into DISMISSED in place, so an earlier verdict of the same account does not come back to life. Reviews of
    deleted accounts cannot be told apart by account: each stands for itself.
    """
    last: dict[int, Fields] = {}
    verdicts = [review for review in reviews if review.text("state") not in _NO_VERDICT]
    # GitHub promises chronological order, and keeps it where two fall into one second.
    for review in sorted(verdicts, key=lambda review: review.moment("submitted_at")):
        whose = account(review.maybe_inner("user")).user_id or -review.number("id")
        last.pop(whose, None)
        last[whose] = review
    dismissed = [review for review in last.values() if review.text("state") == "DISMISSED"]
    return Standing(
        tuple(_review(review) for review in last.values() if review not in dismissed),
        tuple(account(review.maybe_inner("user")) for review in dismissed),
    )


def _review(review: Fields) -> Review:
    state, who = review.text("state"), account(review.maybe_inner("user"))
    if state not in _VERDICTS:
        raise CannotRunError(
            f"GitHub told a review state we do not know: {state}",
            "A newer version of smsrepo may know it.",
        )
    return Review(
        forge="github",
        login=who.login,
        user_id=who.user_id,
        bot=who.bot,
        verdict=_VERDICTS[state],
        commit=review.hash("commit_id") if review.maybe_text("commit_id") else "",
        submitted_at=review.moment("submitted_at"),
        review_id=review.number("id"),
        url=review.text("html_url"),
    )


def pull_request(pull: Fields, reviews: Iterable[Fields]) -> PullRequest:
    """The facts of a pull request from GitHub's answers for it and for its reviews."""
    merged = pull.truth("merged")
    by = pull.maybe_inner("merged_by") if merged else None
    stands = standing(reviews)
    return PullRequest(
        forge="github",
        number=pull.number("number"),
        url=pull.text("html_url"),
        title=pull.text("title"),
        author=account(pull.maybe_inner("user")),
        base_branch=pull.inner("base").text("ref"),
        base_commit=pull.inner("base").hash("sha"),
        head_commit=pull.inner("head").hash("sha"),
        # Before the merge this is a test merge that GitHub makes for itself.
        merge_commit=pull.hash("merge_commit_sha") if merged else None,
        merged_at=pull.moment("merged_at") if merged else None,
        merged_by=account(by) if by else None,
        reviews=stands.reviews,
        dismissed=stands.dismissed,
    )
