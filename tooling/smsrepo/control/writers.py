"""Who wrote the bytes that lie in a repository, whatever file or id they have come by."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from smsrepo.control.authorship import NOBODY, People, union
from smsrepo.control.policy import Policy
from smsrepo.load.contents import Contents
from smsrepo.load.text import MAX_BYTES
from smsrepo.model.history import Blob, Change, Facts, Step

_GOES_ON = 50
"""From so many percent of its words on, a file that went away lives on in a document that comes in the same step."""
_NONE: frozenset[tuple[str, str]] = frozenset()


class Writers:
    """For every file of the repository, everyone who wrote it since its content was last approved.

    They stay with a path, also while its file is away, and with bytes, wherever these turn up again.
    """

    def __init__(self, contents: Mapping[str, bytes], facts: Mapping[str, Facts]) -> None:
        self._contents, self._facts = contents, facts
        self._at: dict[str, People] = {}
        self._of: dict[str, People] = {}

    def at(self, *paths: str) -> People:
        """Who wrote what lies at paths, or lay there last."""
        return union(self._at.get(path, NOBODY) for path in paths)

    def of(self, blob: Blob | None) -> People:
        """Who wrote these bytes, in any file."""
        return self._of.get(blob.id, NOBODY) if blob else NOBODY

    def note(self, policy: Policy, step: Step) -> None:
        """Remember who wrote what a step brings."""
        groups: dict[frozenset[str], People] = {}
        moved = self._gone_on(step)
        for path, _, after in step.changes:
            mails = step.authors.get(path, frozenset())
            if mails not in groups:
                groups[mails] = people_of(policy, step, path)
            earlier = (self._at.get(path, NOBODY), self.of(after), moved.get(path, NOBODY))
            people = union([groups[mails], *earlier])
            if people.all:
                self._at[path] = people
                if after:
                    self._of[after.id] = people

    def approved(self, path: str, blob: Blob | None = None) -> None:
        """From now on the file, and these bytes, count as nobody's: others have approved what it says."""
        self._at.pop(path, None)
        if blob:
            self._of.pop(blob.id, None)

    def _gone_on(self, step: Step) -> dict[str, People]:
        """The writers of files that went away in a step, for each new document in which their words go on."""
        gone = {c.path: c.before for c in step.changes if c.after is None and c.before and c.path in self._at}
        come = {
            c.path: c.after for c in step.changes if c.before is None and c.after and self._is_document(c)
        }
        if not gone or not come:
            return {}
        blobs = [blob.id for blob in (*gone.values(), *come.values()) if blob.mode == "100644"]
        if isinstance(self._contents, Contents):
            blobs = self._contents.up_to(MAX_BYTES, blobs)
            self._contents.prefetch(blobs)
        words = {blob: _words(self._contents[blob]) for blob in blobs}
        return {
            path: union(
                self._at[old]
                for old, before in gone.items()
                if blob.id in words and _goes_on(words.get(before.id, _NONE), words[blob.id])
            )
            for path, blob in come.items()
        }

    def _is_document(self, change: Change) -> bool:
        facts = self._facts.get(change.after.id) if change.after else None
        return facts is not None and facts.fields is not None


def people_of(policy: Policy, step: Step, *paths: str) -> People:
    """Who wrote paths in a step."""
    mails = frozenset(mail for path in paths for mail in step.authors.get(path, ()))
    certain = _persons(policy, mails - step.unseparated)
    return People(certain, _persons(policy, mails & step.unseparated) - certain)


def _persons(policy: Policy, mails: Iterable[str]) -> frozenset[str]:
    return frozenset(policy.person(mail) or mail for mail in mails)


def _words(content: bytes) -> frozenset[tuple[str, str]]:
    """Every word with the one after it."""
    return frozenset(pairwise(content.decode("utf-8", "replace").split()))


def _goes_on(old: frozenset[tuple[str, str]], new: frozenset[tuple[str, str]]) -> bool:
    return bool(old) and 100 * len(old & new) >= _GOES_ON * len(old)
