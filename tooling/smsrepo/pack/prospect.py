"""What signing starts from: the main branch as it would stand if what is checked out were merged now."""

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from smsrepo.check.catalogue import rules_of
from smsrepo.check.merge import merged
from smsrepo.check.verify import register_findings, step_findings
from smsrepo.control.desk import Desk
from smsrepo.control.digest import sha256
from smsrepo.control.lineage import Act
from smsrepo.control.people import Person
from smsrepo.control.refusal import RULE
from smsrepo.control.register import Register
from smsrepo.control.replay import Moment, Replay
from smsrepo.control.seen import Seen
from smsrepo.control.statement import MalformedError, Statement, read
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.worktree import uncommitted
from smsrepo.load.history import load_history
from smsrepo.model.finding import Finding, Severity
from smsrepo.model.history import Blob, Change, Facts, History, Step
from smsrepo.pack.begin import HOW_TO_BEGIN

_A_SIGNATURE_SETTLES = frozenset(
    {
        "approval-missing", "approval-weakened", "change-too-large-for-minor", "policy-unapproved",
        "status-contradicts-evidence", "statement-refused",
    }
)  # fmt: skip
"""What the gate finds while approvals are missing."""
_ABOUT_THE_WHOLE = frozenset({"policy-mixed-with-documents"})
_DECISIONS = frozenset({"approve", "withdraw", "reject"})


@dataclass(frozen=True, eq=False)
class Prospect:
    """The history of the main branch, the step that would come next, and what that step would bring."""

    root: Path
    history: History
    step: Step
    moment: Moment
    seen: Seen

    def desk(self, person: Person, role: str = "") -> Desk:
        """What the person can do about it."""
        return Desk(self.moment, person, role, self.seen)

    def obstacles(self, statements: Iterable[Statement], paths: Collection[str]) -> list[Finding]:
        """Why the gate would stay closed over what the step brings in these files, even with these statements."""
        moment, step = _after(self.history).take(self.step), self.step
        court = moment.replay.court(moment.policy, step)
        acts = [
            Act(said, one, "", step.commit, step.entered, "") for said in statements for one in said.subjects
        ]
        moment.replay.count([act for act in map(court.weigh, acts) if isinstance(act, Act)], step)
        rules = rules_of(self.root, step.parent).values()
        found = [*step_findings(moment, rules)]
        found += register_findings(Register(moment.replay), rules, step.day)
        brought = {change.path for change in self.step.changes} & set(paths)
        return [
            finding
            for finding in found
            if finding.severity is Severity.ERROR
            and finding.rule not in _A_SIGNATURE_SETTLES
            and (finding.path in brought or (brought and finding.rule in _ABOUT_THE_WHOLE))
        ]

    def outdated(self, person: Person) -> dict[str, Statement]:
        """What a person decided about other bytes, so that it does not count: by path, where only the branch has it."""
        new = {
            change.path: change.after
            for change in self.step.changes
            if change.before is None and change.after
        }
        found: dict[str, Statement] = {}
        for refusal in self.moment.refusals:
            if refusal.rule == RULE and refusal.path in new:
                try:
                    said = read(self.history.contents[new[refusal.path].id])
                except MalformedError:
                    continue
                if said.person == person.id and said.action in _DECISIONS:
                    found[refusal.path] = said
        return found

    def without(self, paths: Collection[str]) -> "Prospect":
        """The same with some new files of the step left out."""
        changes = tuple(change for change in self.step.changes if change.path not in paths)
        step = replace(self.step, changes=changes)
        return replace(self, step=step, moment=_after(self.history).take(step))

    def refuse_what_would_not_count(self, written: Mapping[str, bytes]) -> None:
        """Play the step once more with new files in it (statements and signatures, by path); raises UserError."""
        ids = {path: f"new {path}" for path in written}
        changes = [Change(path, None, Blob("100644", id_)) for path, id_ in ids.items()]
        facts = {ids[path]: Facts(sha256(content), len(content)) for path, content in written.items()}
        contents = {ids[path]: content for path, content in written.items()}
        history = replace(
            self.history,
            facts={**self.history.facts, **facts},
            contents=ChainMap(contents, self.history.contents),  # type: ignore[arg-type] # nothing is written to it
        )
        step = replace(self.step, changes=(*self.step.changes, *changes))
        for refusal in _after(history).take(step).refusals:
            if refusal.path in written:
                raise UserError(
                    f"nothing was written, for it would not count: {refusal.reason}", refusal.hint
                )


def prospect(root: Path, base: str, head: str, now: datetime) -> Prospect:
    """What merging `head` into `base` (commits; the same on the main branch itself) would give.

    The base may be without document control: then the history has no genesis, and UserError is raised.
    """
    if base == head:
        history = load_history(root, base)
        last = (history.steps or (history.genesis,))[-1]
        entered = max(now, last.entered) if last else now
        step = Step("", base, now, entered, ())
    else:
        history, step, _ = merged(root, base, head, now)
    if history.genesis is None:
        raise UserError(
            "document control has not begun here: there is no sms/genesis.yml in the history of the main branch",
            HOW_TO_BEGIN,
        )
    files = {entry.path: Blob(entry.mode, entry.blob) for entry in door.tree(root, head)}
    return Prospect(root, history, step, _after(history).take(step), Seen(files, uncommitted(root)))


def _after(history: History) -> Replay:
    replay = Replay(history)
    for _ in replay.run():
        pass
    return replay
