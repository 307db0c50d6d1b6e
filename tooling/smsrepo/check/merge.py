"""What merging a branch would bring, as one more step of the main branch, without touching the worktree."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.history import authors_between, squashed_by
from smsrepo.load.history import load_history, with_step
from smsrepo.model.history import History, Step


class Merge(NamedTuple):
    """The history of the base, the step that the merge would be, and the tree it would give."""

    history: History
    step: Step
    tree: str


def merged(root: Path, base: str, head: str, now: datetime, writers: Iterable[str] = ()) -> Merge:
    """The merge of a commit into the base (both full ids), entering now. Raises UserError where they conflict.

    `writers` are mail addresses of people who count as authors of everything in it, such as who opened the pull
    request.
    """
    result = door.merge_tree(root, base, head)
    if not result.tree:
        paths = ", ".join(result.conflicts)
        raise UserError(
            f"the change does not merge: {paths}", "Merge the base into your branch and settle it there."
        )
    history = load_history(root, base)
    changes = door.changes(root, base, result.tree)
    written = authors_between(root, base, head)
    more = frozenset(writers)
    authors = {change.path: written.get(change.path, frozenset()) | more for change in changes}
    last = (history.steps or (history.genesis,))[-1]
    entered = max(now, last.entered) if last else now
    step = Step(head, base, now, entered, changes, authors, squashed_by(root, base, head))
    return Merge(with_step(root, history, step) if history.genesis else history, step, result.tree)
