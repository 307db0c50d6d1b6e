"""The bytes of blobs, read when they are needed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from smsrepo.git import door


class Contents(Mapping[str, bytes]):
    """The bytes of blobs by id: read in batches ahead, or one by one when somebody asks."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, bytes] = {}

    def prefetch(self, ids: Iterable[str]) -> None:
        """Read blobs in one stream and keep them."""
        wanted = [blob for blob in dict.fromkeys(ids) if blob not in self._known]
        if wanted:
            self._known.update(zip(wanted, door.blobs(self._root, wanted), strict=True))

    def up_to(self, size: int, ids: Iterable[str]) -> list[str]:
        """Those of some blobs that have at most so many bytes."""
        wanted = list(dict.fromkeys(ids))
        sizes = zip(wanted, door.sizes(self._root, wanted), strict=True)
        return [blob for blob, known in sizes if known <= size]

    def __getitem__(self, blob: str) -> bytes:
        self.prefetch([blob])
        return self._known[blob]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
