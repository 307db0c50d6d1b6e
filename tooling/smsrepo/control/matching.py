"""Which stretches two sequences have in common, in an order that suits readers and in time that suits any text."""

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

_MOST_PAIRS = 20_000
"""Pairs of equal words that a search may look at; a paragraph of 1,000 different words has a few thousand."""


class Match(NamedTuple):
    """A stretch that is the same in both: where it starts in each, and how long it is."""

    old: int
    new: int
    length: int


def matches(old: Sequence[str], new: Sequence[str]) -> Iterator[Match]:
    """Stretches that are the same, in order; the last is empty and at the end of both.

    What both have exactly once holds the texts together; difflib searches only in between.
    """
    start = _common(zip(old, new, strict=False))
    end = _common(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    last_old, last_new = len(old) - end, len(new) - end
    anchors = _anchors(old[start:last_old], new[start:last_new])
    at_old = at_new = start
    yield Match(0, 0, start)
    for anchor in [
        *(Match(start + one, start + other, 1) for one, other in anchors),
        Match(last_old, last_new, end),
    ]:
        for match in _search(old[at_old : anchor.old], new[at_new : anchor.new]):
            yield Match(at_old + match.old, at_new + match.new, match.length)
        yield anchor
        at_old, at_new = anchor.old + anchor.length, anchor.new + anchor.length


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run, in both orders, of what each has exactly once: patience sorting."""
    places = {word: n for n, word in enumerate(new)}
    counts = Counter(old), Counter(new)
    both = [(n, places[w]) for n, w in enumerate(old) if counts[0][w] == 1 == counts[1][w]]
    piles: list[int] = []
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for number, (_, place) in enumerate(both):
        pile = bisect_left(piles, place)
        below[number] = tops[pile - 1] if pile else None
        piles[pile : pile + 1] = [place]
        tops[pile : pile + 1] = [number]
    run: list[tuple[int, int]] = []
    at = tops[-1] if tops else None
    while at is not None:
        run.append(both[at])
        at = below[at]
    return run[::-1]


def _search(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    counts = Counter(old), Counter(new)
    if (
        not old
        or not new
        or sum(number * counts[1][word] for word, number in counts[0].items()) > _MOST_PAIRS
    ):
        return []
    found = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [Match(*block) for block in found if block.size]
