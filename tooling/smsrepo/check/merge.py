"""What merging a branch would bring, as one more step of the main branch. Runs git, but leaves the worktree alone."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.history import pulled
from smsrepo.load.history import load_history, with_step
from smsrepo.model.history import History, Step


class Merge(NamedTuple):
    """The history of the base, the step that the merge would be, and the tree it would give."""

    history: History
    step: Step
    tree: str


def merged(root: Path, base: str, head: str, now: datetime, *, queued: bool = False) -> Merge:
    """The merge of a commit into the base (both full ids), entering now. Raises UserError where they conflict.

    `queued`: the head was squashed by a merge queue, after the gate had seen each commit. Only then are its
    co-authors in doubt; anybody can squash at home and name who they like, so otherwise they count as authors.
    """
    result = door.merge_tree(root, base, head)
    if not result.tree:
        paths = ", ".join(result.conflicts)
        raise UserError(
            f"the change does not merge: {paths}", "Merge the base into your branch and settle it there."
        )
    history = load_history(root, base)
    changes = door.changes(root, base, result.tree)
    brought = pulled(root, base, head)
    authors = {change.path: brought.authors.get(change.path, frozenset()) for change in changes}
    last = (history.steps or (history.genesis,))[-1]
    entered = max(now, last.entered) if last else now
    step = Step(head, base, now, entered, changes, authors, brought.squashed if queued else frozenset())
    return Merge(with_step(root, history, step) if history.genesis else history, step, result.tree)
