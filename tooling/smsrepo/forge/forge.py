"""What we ask of a forge, whichever it is."""

from collections.abc import Sequence
from typing import Protocol

from smsrepo.model.forge_facts import PullRequest


class Forge(Protocol):
    """A place that keeps pull requests and issues of one repository.

    Every method raises CannotRunError where the forge gives no complete and clear answer: an answer that is
    empty or missing is never taken for "no reviews". Reading needs no right to write.
    """

    def pull(self, number: int) -> PullRequest:
        """The pull request with this number, with every review that stands."""
        ...

    def pull_of(self, commit: str) -> PullRequest | None:
        """The merged pull request that brought a commit (full hash); None where none did, as with a direct push.

        Ask for a first-parent commit of the main branch, and look at `base_branch`. Right after a merge a forge
        may not know the link yet; where the number is known, `pull` is the surer question.
        """
        ...

    def put_issue(self, key: str, title: str, body: str, assignees: Sequence[str]) -> str:
        """Keeps exactly one open issue of ours for a key and returns its URL.

        Opens it or brings it up to date; an empty body closes it ("" where none was open). Repeating a call
        changes nothing. Accounts that the forge cannot assign are left out; whom people assigned stays. The key
        is made of letters, digits and `._:-`; anything else is a ValueError.
        """
        ...

    def comment(self, number: int, key: str, body: str) -> str:
        """Keeps one comment of ours for a key on a pull request and returns its URL. Keys are as in `put_issue`."""
        ...
