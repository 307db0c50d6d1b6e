"""Replays a history and puts every step, and where it leads, before the rules."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from smsrepo.control.acts import SKEW
from smsrepo.control.checkpoint import Kept
from smsrepo.control.lineage import Act
from smsrepo.control.register import Register
from smsrepo.control.replay import Moment, Replay
from smsrepo.model.finding import Finding, Flaw, Severity
from smsrepo.model.history import History
from smsrepo.model.words import count, few
from smsrepo.rules.rule import Rule, Subject


@dataclass(frozen=True, slots=True)
class Proof:
    """What a replay showed, judged on the day `on`. `settled` are findings of steps that the approved
    sms/deviations.yml names, each with the nonconformity that dealt with it: true for ever, but no longer open.
    `notes` say what git alone cannot rule out; they are no findings.

    `acts` are all statements that count, by subject, `signed` those with a person's own signature; `adopted` the
    documents that were taken over as issued when control began.
    """

    on: date
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    register: Register
    steps: int
    acts: int
    signed: int
    settled: tuple[tuple[Finding, str], ...] = ()

    @property
    def proven(self) -> bool:
        """Whether nothing was found that is an error."""
        return not self.errors

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def verdict(self) -> str:
        """In one sentence."""
        if self.proven:
            return "Proven: everything since the genesis was approved as its policy asked."
        return f"Not proven: {count(self.errors, 'error')}."

    @property
    def adopted(self) -> int:
        """How many revisions were taken over."""
        return self.register.taken_over


def verify(
    history: History,
    rules: Collection[Rule],
    as_of: date | None,
    today: date,
    checkpoints: tuple[Kept, ...] = (),
    known_genesis: str = "",
) -> Proof:
    """Everything since control began, judged by the policy of its time, and compared with what somebody kept.

    Where it leads is judged on the day `as_of`, else on that of a demonstration that stands still, else today, or on
    the day of the last step where the clock that made it was a little ahead.
    """
    replay = Replay(history)
    found: list[Finding] = []
    notes: list[str] = []
    acts: list[Act] = []
    for moment in replay.run():
        found += step_findings(moment, rules)
        notes += [f"{moment.step.commit[:10]} {note}" for note in notes_on(moment.acts)]
        acts += moment.acts
    register = Register(replay, checkpoints, known_genesis, today)
    # A clock may be a little ahead; one that is further ahead is a finding, and does not carry everything along.
    latest = max(today, min(replay.last.day, today + SKEW))
    on = register.settings.day(as_of, latest)
    found += register_findings(register, rules, on)
    signed = sum(act.statement.assurance == "signed" for act in acts)
    known = register.settings.deviations
    settled = [(f, known[key]) for f in found if (key := (f.commit, f.rule, f.path)) in known]
    found = [f for f in found if (f.commit, f.rule, f.path) not in known]
    return Proof(
        on, tuple(found), tuple(notes), register, len(history.steps), len(acts), signed, tuple(settled)
    )


def known_on(proof: Proof, day: date) -> Proof:
    """Of a proof only what was found in steps up to a day: of the register, only today's state was judged."""
    steps = {step.commit for step in proof.register.replay.history.steps if step.day <= day}
    return replace(
        proof,
        on=day,
        findings=tuple(finding for finding in proof.findings if finding.commit in steps),
        settled=tuple((finding, by) for finding, by in proof.settled if finding.commit in steps),
    )


def step_findings(moment: Moment, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What the rules about steps find in one, by path."""
    flaws = [(rule, flaw) for rule in rules if rule.subject is Subject.STEP for flaw in rule.run(moment)]
    for rule, flaw in sorted(flaws, key=lambda one: (one[1].path, one[0].id)):
        yield _finding(rule, flaw, moment.step.commit)


def register_findings(register: Register, rules: Iterable[Rule], as_of: date) -> list[Finding]:
    """What the rules about the register find on a day, by path."""
    flaws = [
        (rule, flaw)
        for rule in rules
        if rule.subject is Subject.REGISTER
        for flaw in rule.run(register, as_of)
    ]
    return [
        _finding(rule, flaw, "") for rule, flaw in sorted(flaws, key=lambda one: (one[1].path, one[0].id))
    ]


def notes_on(acts: Iterable[Act]) -> list[str]:
    """What a reader should know about acts that count, in words."""
    about: dict[str, list[str]] = {}
    for act in acts:
        if act.note:
            about.setdefault(act.note, []).append(f"{act.subject.name} {act.subject.revision}".strip())
    return [f"{few(names)}: {note}." for note, names in about.items()]


def _finding(rule: Rule, flaw: Flaw, commit: str) -> Finding:
    requirements = flaw.requirements or rule.requirements
    return Finding(
        rule.id, rule.severity, flaw.path, flaw.line, flaw.column, flaw.pointer, flaw.message, flaw.hint,
        requirements, commit,
    )  # fmt: skip
