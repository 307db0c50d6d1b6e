"""Reviews on a forge become acts with assurance `platform`, where they were about the bytes that are merged."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smsrepo.control.acts import Court
from smsrepo.control.lineage import Act
from smsrepo.control.matrix import Needed
from smsrepo.control.refusal import Refusal
from smsrepo.control.replay import Moment
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.control.subjects import previous_digest
from smsrepo.model.forge_facts import PullRequest, Review
from smsrepo.model.history import Blob

ReviewedTree = Mapping[str, Blob]
"""The files of a reviewed commit by path."""


class _Open(NamedTuple):
    """Something that waits for approval: its subject, the files it consists of, and what it needs."""

    subject: Subject
    action: str
    files: tuple[str, ...]
    needed: Needed


def platform_acts(
    moment: Moment, court: Court, pull: PullRequest, reviewed: Mapping[str, ReviewedTree]
) -> tuple[list[Act], list[Refusal]]:
    """The acts that the reviews of a pull request amount to, and why others do not count."""
    acts: list[Act] = []
    refused: list[Refusal] = []
    waiting = [one for one in _waiting(moment) if one.needed.assurance == "platform"]
    for review in pull.reviews:
        reason = _unfit(review, pull, court)
        if reason:
            refused.append(Refusal(review.url, reason))
            continue
        for one in waiting:
            for verdict in _verdicts(review, one, moment, court, reviewed.get(review.commit)):
                (acts if isinstance(verdict, Act) else refused).append(verdict)  # type: ignore[arg-type]
    return acts, refused


def _unfit(review: Review, pull: PullRequest, court: Court) -> str:
    if review.bot:
        return f"{review.login} is a bot; only people approve"
    if not review.user_id:
        return "the account of this review was deleted; nobody can be named"
    if review.user_id == pull.author.user_id:
        return f"{review.login} opened the pull request and cannot approve it"
    if _person(review, court) is None:
        return f"nobody in sms/people.yml has the account {review.login} on {review.forge}"
    return ""


def _person(review: Review, court: Court) -> str | None:
    for person in court.policy.settings.people.values():
        if person.accounts.get(review.forge, "").lower() == review.login.lower():
            return person.id
    return None


def _waiting(moment: Moment) -> Iterator[_Open]:
    replay = moment.replay
    for transition in moment.transitions:
        revision = transition.revision
        if revision and revision.version.released and not revision.approved:
            version = revision.version
            action = "withdraw" if version.status == "obsolete" else "approve"
            previous = previous_digest(transition.lineage, revision)
            subject = Subject("document", version.id, version.revision, version.digest, previous)
            files = tuple(replay.versions.files(version.path))
            yield _Open(subject, action, files, replay.needed(transition.lineage, revision))
    row = moment.policy.settings.policy_row
    for change in moment.policy_changes if row else ():
        subject = Subject("policy", change.path, "", change.after, change.before)
        yield _Open(subject, "approve", (change.path,), row)  # type: ignore[arg-type] # row is there in this loop


def _verdicts(
    review: Review, one: _Open, moment: Moment, court: Court, tree: ReviewedTree | None
) -> Iterator[Act | Refusal]:
    """One act for each role that the reviewer holds of those which are asked for."""
    merged = moment.replay.tree
    name = f"{one.subject.name} {one.subject.revision}".strip()
    if tree is None or any(tree.get(path) != merged.get(path) for path in one.files):
        if review.verdict == "approve":
            yield Refusal(
                review.url, f"{name}: {review.login} reviewed other bytes than those that would be merged"
            )
        return
    person = court.policy.settings.people[_person(review, court) or ""]
    day = moment.step.day
    held = [role for role in one.needed.approvers if person in court.policy.settings.holders(role, day)]
    action = one.action if review.verdict == "approve" else "reject"
    for role in held:
        said = Statement(
            court.policy.settings.repository, action, person.id, person.name, role, MEANINGS[action],
            review.submitted_at, "platform", (one.subject,), evidence=evidence_of(review),
        )  # fmt: skip
        yield court.weigh(Act(said, one.subject, review.url, moment.step.commit, moment.step.entered, ""))


def evidence_of(review: Review) -> dict[str, str | int]:
    """What a platform statement says of the review it stands for."""
    return {
        "forge": review.forge, "review": review.review_id, "login": review.login, "user": review.user_id,
        "commit": review.commit, "url": review.url,
    }  # fmt: skip
