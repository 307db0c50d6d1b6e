"""Who wrote something, as far as git tells."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class People(NamedTuple):
    """Ids of persons, or mail addresses of nobody known; of the `doubtful` git cannot tell whether they wrote it."""

    certain: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Everyone."""
        return self.certain | self.doubtful

    def known(self, person: Callable[[str], str | None]) -> "People":
        """The same people, with the persons behind those addresses that are known by now."""
        certain, doubtful = (
            frozenset((person(one) or one) if "@" in one else one for one in people) for people in self
        )
        return People(certain, doubtful - certain)


NOBODY = People()


def union(groups: Iterable[People]) -> People:
    """Everyone of several groups; who is certain in one is certain."""
    found = list(groups)
    certain = frozenset().union(*(people.certain for people in found))
    return People(certain, frozenset().union(*(people.doubtful for people in found)) - certain)
