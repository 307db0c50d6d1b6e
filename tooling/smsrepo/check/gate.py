"""The gate: would this change, merged now, leave everything under control? Judged by the policy of the base."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from smsrepo.check.engine import Report
from smsrepo.check.reviews import ReviewedCommit, brought, person_with, platform_acts, waiting
from smsrepo.check.verify import notes_on, register_findings, step_findings
from smsrepo.control.approval import Missing
from smsrepo.control.lineage import APPROVING, Act, Revision, standing
from smsrepo.control.matrix import Needed
from smsrepo.control.refusal import Refusal
from smsrepo.control.register import Register
from smsrepo.control.replay import Moment, Replay, Transition
from smsrepo.control.settings import Settings
from smsrepo.model.finding import HISTORY, Finding, Severity
from smsrepo.model.forge_facts import PullRequest
from smsrepo.model.history import History, Step
from smsrepo.rules.rule import Rule

_MISSING = "approval-missing"


class Answer(NamedTuple):
    """What the gate says of one changed document or policy file: what happens to it, who approves it."""

    path: str
    name: str
    happens: str
    needed: Needed | None
    approvals: tuple[Act, ...]
    missing: Missing


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found, by which settings: those of the base, never of the change.

    `refusals` are reviews on a forge that do not count, with the reason; `notes` say of what counts what nobody can
    rule out. Notes are no findings.
    """

    settings: Settings
    files: Report
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the change may be merged. Where rules about files could not judge, it may not."""
        return not self.files.waiting and not any(
            finding.severity is Severity.ERROR for finding in self.findings
        )


def gate(
    history: History,
    step: Step,
    rules: Collection[Rule],
    files: Report,
    pull: PullRequest | None = None,
    reviewed: Mapping[str, ReviewedCommit] | None = None,
) -> Verdict:
    """Judge one step, the merge result, on top of the history of the base.

    `files` is the check of the files it would leave, `pull` and `reviewed` (the commits that were reviewed, by id)
    what a forge knows: who opened the pull request counts as an author of everything in it. Findings are those of the
    files, of the step and, as far as it touches them or they are new, of where it leads.
    """
    replay = Replay(history)
    for _ in replay.run():
        pass
    policy = replay.policy
    before = register_findings(Register(replay), rules, step.day)
    moment = replay.take(_opened_by(pull, step, policy.settings) if pull else step)
    refusals: list[Refusal] = []
    notes = notes_on(moment.acts)
    if pull is not None:
        open_ = waiting(brought(moment), replay)
        acts, refused = platform_acts(open_, replay.court(policy, step), pull, reviewed or {})
        replay.count(acts, step)
        refusals += refused
        notes += notes_on(acts)
    found = list(step_findings(moment, rules))
    left, answers = _mended_first(found, *_left([moment], before, Register(replay), rules))
    found_all = (*files.findings, *found, *left)
    return Verdict(policy.settings, files, found_all, answers, tuple(refusals), tuple(notes))


def without_control(files: Report, settings: Settings) -> Verdict:
    """The verdict on files alone, while document control has not begun."""
    return Verdict(settings, files, files.findings)


def gate_push(history: History, old: str, rules: Collection[Rule], files: Report, today: date) -> Verdict:
    """Judge the steps that a push adds after the commit `old` ("" for a new branch), which they must continue.

    Whom a pushed commit names as co-author counts as an author: no forge has squashed it after looking at each commit.
    """
    replay = Replay(history)
    on = (history.steps or (replay.genesis,))[-1].day
    commits = [replay.genesis.commit, *(step.commit for step in history.steps)]
    start = commits.index(old) if old in commits else 0  # a push that begins control brings all of it
    for step in history.steps[:start]:
        replay.take(step)
    settings = replay.policy.settings
    before = register_findings(Register(replay, today=today), rules, on) if old in commits else []
    found: list[Finding] = []
    pushed: list[Moment] = []
    for step in history.steps[start:]:
        pushed.append(replay.take(replace(step, unseparated=frozenset())))
        found += step_findings(pushed[-1], rules)  # at once, as sms verify asks: the replay goes on
    left, answers = _mended_first(found, *_left(pushed, before, Register(replay, today=today), rules))
    notes = [note for moment in pushed for note in notes_on(moment.acts)]
    return Verdict(settings, files, (*files.findings, *found, *left), answers, notes=tuple(notes))


def _opened_by(pull: PullRequest, step: Step, settings: Settings) -> Step:
    person = person_with(pull.author.login, pull.forge, settings)
    if person is None:
        return step
    opener = frozenset({person.email.lower()})
    authors = {path: step.authors.get(path, frozenset()) | opener for path, _, _ in step.changes}
    return replace(step, authors=authors)


def _left(
    moments: Sequence[Moment], before: Collection[Finding], register: Register, rules: Collection[Rule]
) -> tuple[list[Finding], tuple[Answer, ...]]:
    """Where the steps lead. What was found `before`, about what they do not touch, is not theirs to mend."""
    on = moments[-1].step.day if moments else register.replay.genesis.day
    touched = {t.path for moment in moments for t in moment.transitions}
    touched |= {HISTORY} | {change.path for moment in moments for change in moment.step.changes}
    found = [f for f in register_findings(register, rules, on) if f.path in touched or f not in before]
    answers = {answer.path: answer for moment in moments for answer in _answers(moment, register, on)}
    return found, tuple(answers.values())


def _mended_first(
    found: Sequence[Finding], left: Iterable[Finding], answers: Iterable[Answer]
) -> tuple[list[Finding], tuple[Answer, ...]]:
    """What is left and answered, but for approvals of what a step did wrong: mended, it will be other bytes."""
    wrong = {finding.path for finding in found if finding.severity is Severity.ERROR}
    return (
        [finding for finding in left if finding.rule != _MISSING or finding.path not in wrong],
        tuple(
            answer._replace(happens="cannot be approved as it is", missing=Missing())
            if answer.path in wrong and answer.missing
            else answer
            for answer in answers
        ),
    )


def _answers(moment: Moment, register: Register, on: date) -> list[Answer]:
    documents = [
        _answer(transition, transition.revision, register, on)
        for transition in moment.transitions
        if transition.revision and not transition.revision.version.type.is_record and not transition.moved
    ]
    policies = [
        Answer(
            change.path, change.path, "policy changes", moment.policy.settings.policy_row,
            _approving(standing(change.acts)),
            register.replay.policies.missing(change),
        )
        for change in moment.policy_changes
    ]  # fmt: skip
    return [*documents, *policies]


def _answer(transition: Transition, revision: Revision, register: Register, on: date) -> Answer:
    version = revision.version
    name = f"{version.id} {version.revision}"
    if not version.released:
        return Answer(version.path, name, "draft, needs no approval", None, (), Missing())
    lineage = register.lineages[version.id]
    needed = revision.needed or register.replay.needed(lineage, revision)
    lacking = Missing() if revision.approved else register.replay.missing(lineage, revision)
    return Answer(
        version.path,
        name,
        _happens(transition, revision, on),
        needed,
        _approving(revision.verdicts()),
        lacking,
    )


def _approving(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.action in APPROVING)


def _happens(transition: Transition, revision: Revision, on: date) -> str:
    version, before = revision.version, transition.before
    what = "is withdrawn" if version.status == "obsolete" else "is issued"
    if before and before.revision != version.revision:
        what += f", after {before.revision}"
    start = version.effective_from
    return f"{what}, applies from {start}" if start and start > on else what
