"""In how many of its words a revision differs from another: what tells a minor change from a large one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from smsrepo.load.contents import Contents
from smsrepo.model.history import Blob, Facts, Step


class ChangedWords:
    """The share of words (percent) in which two blobs differ, worked out when somebody asks.

    The first question reads, in one stream, everything that may be asked about: issued revisions with the same major
    number as the issued one before them.
    """

    def __init__(
        self, contents: Contents, tree: Mapping[str, Blob], later: Iterable[Step], facts: Mapping[str, Facts]
    ) -> None:
        self._contents, self._facts = contents, facts
        self._blobs = [blob.id for blob in tree.values()]
        self._blobs += [change.after.id for step in later for change in step.changes if change.after]
        self._known: dict[tuple[str, str], int] = {}
        self._read = False

    def __call__(self, before: str, after: str) -> int:
        pair = (before, after)
        if pair not in self._known:
            if not self._read:
                self._read = True
                self._contents.prefetch(self._likely())
            self._known[pair] = changed_share(self._contents[before], self._contents[after])
        return self._known[pair]

    def _likely(self) -> Iterable[str]:
        issued: dict[str, list[str]] = {}
        for blob in self._blobs:
            fields = self._facts[blob].fields if blob in self._facts else None
            if fields and fields.get("status") == "issued" and "revision" in fields:
                issued.setdefault(fields["id"], []).append(blob)
        for chain in issued.values():
            for before, after in pairwise(chain):
                if before != after and self._major(before) == self._major(after):
                    yield from (before, after)

    def _major(self, blob: str) -> str:
        return str((self._facts[blob].fields or {}).get("revision")).partition(".")[0]


def changed_share(before: bytes, after: bytes) -> int:
    """In how many percent of its words, each seen with the next one, a text differs from another."""
    old, new = (_word_pairs(content.decode("utf-8", "replace")) for content in (before, after))
    differing = max((old - new).total(), (new - old).total())
    return round(100 * differing / max(old.total(), new.total(), 1))


def _word_pairs(written: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(["", *written.split(), ""]))
