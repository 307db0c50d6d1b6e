"""Reviews on a forge become acts with assurance `platform`, where they were about the bytes that are on main.

The gate asks before the merge, the collector after it; both ask here, so that they cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from smsrepo.control.acts import Court
from smsrepo.control.lineage import Act, Lineage, Revision, standing
from smsrepo.control.matrix import Needed
from smsrepo.control.people import Person
from smsrepo.control.policy import PolicyChange
from smsrepo.control.refusal import Refusal
from smsrepo.control.replay import Moment, Replay
from smsrepo.control.settings import Settings
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.control.subjects import previous_digest
from smsrepo.model.forge_facts import PullRequest, Review
from smsrepo.model.history import Blob

_CLOCKS = timedelta(minutes=10)
"""How far the clock of who commits may be ahead of the forge's."""


class ReviewedCommit(NamedTuple):
    """What somebody reviewed: its files by path, and when it was made, by its committer's clock."""

    files: Mapping[str, Blob]
    made: datetime


class Brought(NamedTuple):
    """A released revision (with its lineage) or a policy change, and the files it consists of as its step left them."""

    written: Revision | PolicyChange
    lineage: Lineage | None
    files: Mapping[str, Blob | None]


class Waiting(NamedTuple):
    """Something that waits for approval: its subject, its files, what it needs, and the acts about it so far."""

    subject: Subject
    action: str
    files: Mapping[str, Blob | None]
    needed: Needed
    acts: tuple[Act, ...]


def brought(moment: Moment) -> Iterator[Brought]:
    """What a step brought that is approved by people. Ask at once: the tree of the replay goes on."""
    replay = moment.replay
    for transition in moment.transitions:
        revision = transition.revision
        if revision and revision.version.released and not transition.moved:
            paths = replay.versions.files(revision.version.path)
            yield Brought(revision, transition.lineage, {path: replay.tree.get(path) for path in paths})
    for change in moment.policy_changes:
        yield Brought(change, None, {change.path: change.blob})


def waiting(things: Iterable[Brought], replay: Replay) -> Iterator[Waiting]:
    """Those that wait now for approvals of which a review on the forge may be one."""
    for thing in things:
        one = (
            _revision(thing, thing.lineage, replay)
            if thing.lineage
            else _policy_change(thing, replay)
        )  # fmt: skip
        if one and one.needed.assurance == "platform":
            yield one


def platform_acts(
    open_: Iterable[Waiting], court: Court, pull: PullRequest, reviewed: Mapping[str, ReviewedCommit]
) -> tuple[list[Act], list[Refusal]]:
    """The acts that the reviews of a pull request amount to, and why others do not count.

    `reviewed` are the reviewed commits that git still has. What an act says already that stands is left out.
    """
    acts: list[Act] = []
    refused: list[Refusal] = []
    every = list(open_)
    for review in pull.reviews if every else ():
        commit = reviewed.get(review.commit)
        reason = _unfit(review, pull, court) or _moved(review, commit)
        if reason:
            refused.append(Refusal(review.url, reason))
            continue
        for one in every:
            for verdict in _verdicts(review, one, court, commit):
                if isinstance(verdict, Refusal):
                    refused.append(verdict)
                elif not _said_already(verdict, one):
                    acts.append(verdict)
    return acts, refused


def _unfit(review: Review, pull: PullRequest, court: Court) -> str:
    if review.bot:
        return f"{review.login} is a bot; only people approve"
    if not review.user_id:
        return "the account of this review was deleted; nobody can be named"
    if review.user_id == pull.author.user_id:
        return f"{review.login} opened the pull request and cannot approve it"
    if person_with(review.login, review.forge, court.policy.settings) is None:
        return f"nobody in sms/people.yml has the account {review.login} on {review.forge}"
    return ""


def _moved(review: Review, commit: ReviewedCommit | None) -> str:
    """Why a review is older than the commit it stands at. Some forges carry reviews along when a branch is rebased."""
    if commit is None or commit.made <= review.submitted_at + _CLOCKS:
        return ""
    return (
        f"{review.login} reviewed at {review.submitted_at:%Y-%m-%d %H:%M} UTC, before the commit it stands at was made "
        f"({commit.made:%Y-%m-%d %H:%M} UTC): the forge moved the review after a rebase. Ask for a new one"
    )


def person_with(login: str, forge: str, settings: Settings) -> Person | None:
    """The person in sms/people.yml who has an account on a forge; None where nobody has it, and for no login."""
    accounts = ((person, person.accounts.get(forge, "").lower()) for person in settings.people.values())
    return next((person for person, account in accounts if account and account == login.lower()), None)


def _revision(thing: Brought, lineage: Lineage, replay: Replay) -> Waiting | None:
    revision = thing.written
    if not isinstance(revision, Revision) or revision.approved:
        return None
    version = revision.version
    action = "withdraw" if version.status == "obsolete" else "approve"
    previous = previous_digest(lineage, revision)
    subject = Subject("document", version.id, version.revision, version.digest, previous)
    needed = replay.needed(lineage, revision)
    return Waiting(subject, action, thing.files, needed, tuple(revision.acts))


def _policy_change(thing: Brought, replay: Replay) -> Waiting | None:
    change, row = thing.written, replay.policy.settings.policy_row
    if (
        not isinstance(change, PolicyChange)
        or row is None
        or replay.policies.waiting.get(change.path) is not change
    ):
        return None
    subject = Subject("policy", change.path, "", change.after, change.before)
    return Waiting(subject, "approve", thing.files, row, tuple(change.acts))


def _verdicts(
    review: Review, one: Waiting, court: Court, commit: ReviewedCommit | None
) -> Iterator[Act | Refusal]:
    """One act for each role that the reviewer holds of those which are asked for."""
    name = f"{one.subject.name} {one.subject.revision}".strip()
    if commit is None or any(commit.files.get(path) != blob for path, blob in one.files.items()):
        if review.verdict == "approve":
            yield Refusal(
                review.url, f"{name}: {review.login} reviewed other bytes than those that would be merged"
            )
        return
    settings, step = court.policy.settings, court.step
    person = person_with(review.login, review.forge, settings)
    if person is None:
        return
    held = [role for role in one.needed.approvers if person in settings.holders(role, step.day)]
    action = one.action if review.verdict == "approve" else "reject"
    for role in held:
        said = Statement(
            settings.repository, action, person.id, person.name, role, MEANINGS[action],
            review.submitted_at, "platform", (one.subject,), evidence=evidence_of(review),
        )  # fmt: skip
        yield court.weigh(Act(said, one.subject, review.url, step.commit, step.entered, ""))


def _said_already(act: Act, one: Waiting) -> bool:
    """Whether the same person said the same in the same role: signed, or in this very review."""
    return any(
        (known.person, known.action, known.statement.role) == (act.person, act.action, act.statement.role)
        and (
            known.statement.assurance == "signed"
            or known.statement.evidence.get("review") == act.statement.evidence["review"]
        )
        for known in standing(one.acts)
    )


def evidence_of(review: Review) -> dict[str, str | int]:
    """What a platform statement says of the review it stands for."""
    return {
        "forge": review.forge, "review": review.review_id, "login": review.login, "user": review.user_id,
        "commit": review.commit, "url": review.url,
    }  # fmt: skip
