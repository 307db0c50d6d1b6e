"""What signing starts from: the main branch as it would stand if what is checked out were merged now."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from smsrepo.check.merge import merged
from smsrepo.control.desk import Desk
from smsrepo.control.digest import sha256
from smsrepo.control.people import Person
from smsrepo.control.replay import Moment, Replay
from smsrepo.control.seen import Seen
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.worktree import uncommitted
from smsrepo.load.history import load_history
from smsrepo.model.history import Blob, Change, Facts, History, Step


@dataclass(frozen=True, eq=False)
class Prospect:
    """The history of the main branch, the step that would come next, and what that step would bring."""

    history: History
    step: Step
    moment: Moment
    seen: Seen

    def desk(self, person: Person, role: str = "") -> Desk:
        """What the person can do about it."""
        return Desk(self.moment, person, role, self.seen)

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
            "Commit what is there, then run: sms begin",
        )
    files = {entry.path: Blob(entry.mode, entry.blob) for entry in door.tree(root, head)}
    return Prospect(history, step, _after(history).take(step), Seen(files, uncommitted(root)))


def _after(history: History) -> Replay:
    replay = Replay(history)
    for _ in replay.run():
        pass
    return replay
