"""The commits that people reviewed on a forge, as far as git still has them. Runs git."""

from pathlib import Path

from smsrepo.check.reviews import ReviewedCommit
from smsrepo.git import door
from smsrepo.model.forge_facts import PullRequest
from smsrepo.model.history import Blob


def reviewed_commits(root: Path, pull: PullRequest) -> dict[str, ReviewedCommit]:
    """By full id. One that was force-pushed away is left out: nobody can compare its bytes."""
    made = door.committed_at(root, sorted({review.commit for review in pull.reviews if review.commit}))
    return {
        commit: ReviewedCommit({e.path: Blob(e.mode, e.blob) for e in door.tree(root, commit)}, moment)
        for commit, moment in made.items()
    }
