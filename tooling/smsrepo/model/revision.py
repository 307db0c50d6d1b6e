"""The revisions of a controlled document, as they count up."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


class Number(NamedTuple):
    """A revision as it counts up."""

    major: int
    minor: int

    def next(self) -> frozenset["Number"]:
        """The revisions that may follow."""
        return frozenset({Number(self.major, self.minor + 1), Number(self.major + 1, 0)})


def number_in(value: object) -> Number | None:
    """The revision in a field; None where there is none, or one that is not `"major.minor"` in quotes."""
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return Number(int(found[1]), int(found[2])) if found else None


def precedes(one: object, other: object) -> bool:
    """Whether a revision comes before another; what is no revision comes before every one that is."""
    first, second = number_in(one), number_in(other)
    return second is not None and (first is None or first < second)


def edition(revision: object) -> int:
    """Which edition people work by: its major number, the drafts of the first one and what has none included in it."""
    number = number_in(revision)
    return max(number.major, 1) if number else 1
