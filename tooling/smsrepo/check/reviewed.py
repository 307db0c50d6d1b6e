"""The commits that people reviewed on a forge, as far as git still has them."""

from pathlib import Path

from smsrepo.check.reviews import ReviewedCommit
from smsrepo.errors import UserError
from smsrepo.git import door
from smsrepo.git.history import steps
from smsrepo.model.forge_facts import PullRequest
from smsrepo.model.history import Blob


def reviewed_commits(root: Path, pull: PullRequest) -> dict[str, ReviewedCommit]:
    """By full id. One that was force-pushed away is left out: nobody can compare its bytes."""
    found = {}
    for commit in sorted({review.commit for review in pull.reviews if review.commit}):
        try:
            door.resolve(root, commit)
        except UserError:
            continue
        files = {entry.path: Blob(entry.mode, entry.blob) for entry in door.tree(root, commit)}
        found[commit] = ReviewedCommit(files, steps(root, commit)[-1].claimed)
    return found
