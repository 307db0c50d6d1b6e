"""What a forge knows of a pull request. Facts only: the gate judges them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["approve", "reject"]


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a forge.

    A login can be renamed and taken by somebody else; `user_id` cannot. It is 0, and `login` empty, where the
    account was deleted: then nobody can be named, and two such accounts are not the same one.
    """

    login: str
    user_id: int
    bot: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one account that stands: its last verdict, unless that was dismissed.

    The reviews of bots, of deleted accounts (`user_id` 0) and of the author are here too, so that the gate can
    say why they do not count. `commit` is the full hash the forge shows with the review, or "" where the forge
    has lost it: such an approval is bound to no bytes. It may be an earlier commit than the head. Some forges
    move it to the new commit when a branch is rebased without change to the patch, so compare bytes, not names.
    """

    forge: str
    login: str
    user_id: int
    bot: bool
    verdict: Verdict
    commit: str
    submitted_at: datetime
    review_id: int
    url: str


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as its forge tells it at one moment. Hashes are full; moments know their time zone.

    `base_commit` is where the forge saw the base branch, which may lag behind its tip: judge against git's own
    tip. `merge_commit`, `merged_at` and `merged_by` are None while it is not merged (a forge's test merge is
    not told); `merged_by` also where that account was deleted. After a rebase, `merge_commit` is the last of
    several commits. `reviews` are in the order they were submitted; `dismissed` are the accounts whose last
    verdict was dismissed.

    Who wrote the commits is git's to tell: the forge's list of them ends at a limit, and adds to git only the
    account it guesses from a mail address. Who pushed is not told at all: no forge keeps a complete list.
    """

    forge: str
    number: int
    url: str
    title: str
    author: Account
    base_branch: str
    base_commit: str
    head_commit: str
    merge_commit: str | None
    merged_at: datetime | None
    merged_by: Account | None
    reviews: tuple[Review, ...]
    dismissed: tuple[Account, ...] = ()
