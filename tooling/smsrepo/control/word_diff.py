"""What differs between two texts, word by word, for readers who decide on it. Nothing is left out.

Paragraphs are matched first, then the words of those that changed. Where matching would take long (the same few
words over and over), the whole stretch counts as replaced: the answer stays true, it is only less fine.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from smsrepo.control.matching import matches

# A blank line ends a paragraph, and so does a line that looks like a heading, list item, table row or YAML field.
_STARTS = re.compile(r"\s*(?:[-*+]\s|[#|>]|```|~~~|\d+[.)]\s|[\w-]+:(?:\s|$))")
_HEADING = re.compile(r"#+\s")
_PIECE = re.compile(r"\s+|\S+")
_SIMILAR = 0.3
"""The share of words two paragraphs have in common to be shown as one that changed."""
_MOST_PARAGRAPHS = 400


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Segment(NamedTuple):
    """A piece of text with the white space around its words."""

    kind: Kind
    text: str


class Paragraph(NamedTuple):
    """A paragraph of either text. Its same and removed segments are the old one, its same and added ones the new."""

    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs, be it white space."""
        return any(segment.kind is not Kind.SAME for segment in self.segments)


def word_diff(before: str, after: str) -> list[Paragraph]:
    """The paragraphs of both texts in order. Segments joined give back each text, character for character."""
    old, new = list(_paragraphs(before)), list(_paragraphs(after))
    found: list[Paragraph] = []
    at_old = at_new = 0
    # White space at the end of a paragraph says whether another one follows; it does not make it another paragraph.
    for match in matches([p.rstrip() for p in old], [p.rstrip() for p in new]):
        found += _replaced(old[at_old : match.old], new[at_new : match.new])
        at_old, at_new = match.old + match.length, match.new + match.length
        kept = zip(old[match.old : at_old], new[match.new : at_new], strict=True)
        found += [_compared(one, other) for one, other in kept]
    return found


def without_breaks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A space that became a line break, the other way round, and blank lines at an end are not worth a mark."""
    for before, segment, after in zip((None, *segments), segments, (*segments[1:], None), strict=False):
        beside = {Kind.REMOVED: after, Kind.ADDED: before, Kind.SAME: None}[segment.kind]
        other = beside if beside and beside.kind not in (Kind.SAME, segment.kind) else None
        alike = _is_break(other.text) if other else segment.text != " "
        if segment.kind is Kind.SAME or not alike or not _is_break(segment.text):
            yield segment
        elif segment.kind is Kind.ADDED:
            yield Segment(Kind.SAME, segment.text)


def _is_break(text: str) -> bool:
    return text == " " or not text.strip("\n")


def _paragraphs(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    start = 0
    for number, (above, line) in enumerate(pairwise(lines), 1):
        if line.strip() and (not above.strip() or _STARTS.match(line) or _HEADING.match(above)):
            yield "".join(lines[start:number])
            start = number
    if lines:
        yield "".join(lines[start:])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs between two that are the same: similar ones are paired, in order; the others come or go."""
    at_old = at_new = 0
    for one, other in _pairs(old, new):
        yield from _all(Kind.REMOVED, old[at_old:one])
        yield from _all(Kind.ADDED, new[at_new:other])
        yield _compared(old[one], new[other])
        at_old, at_new = one + 1, other + 1
    yield from _all(Kind.REMOVED, old[at_old:])
    yield from _all(Kind.ADDED, new[at_new:])


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph became which, so that together they have most in common; many are paired by their place."""
    words = [Counter(p.split()) for p in old], [Counter(p.split()) for p in new]
    if len(old) * len(new) > _MOST_PARAGRAPHS:
        places = range(min(len(old), len(new)))
        return [(n, n) for n in places if _likeness(words[0][n], words[1][n]) >= _SIMILAR]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1)]
    for one, mine in enumerate(words[0]):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for other, theirs in enumerate(words[1]):
            best_here = max(best[one][other + 1], row[other], key=lambda found: found[0])
            alike = _likeness(mine, theirs)
            so_far, pairs = best[one][other]
            if alike >= _SIMILAR and so_far + alike > best_here[0]:
                best_here = (so_far + alike, [*pairs, (one, other)])
            row.append(best_here)
        best.append(row)
    return best[-1][-1][1]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _all(kind: Kind, paragraphs: Sequence[str]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        yield Paragraph((Segment(kind, paragraph),))


def _compared(before: str, after: str) -> Paragraph:
    if before == after:
        return Paragraph((Segment(Kind.SAME, after),))
    old, new = _words(before), _words(after)
    pieces = _Pieces()
    at_old = at_new = 0
    for match in matches([word for _, word in old], [word for _, word in new]):
        pieces.differ(_joined(old[at_old : match.old]), _joined(new[at_new : match.new]))
        at_old, at_new = match.old + match.length, match.new + match.length
        for (gap, word), (other_gap, _) in zip(old[match.old : at_old], new[match.new : at_new], strict=True):
            if gap == other_gap:
                pieces.agree(gap + word)
            else:
                pieces.differ(gap, other_gap)
                pieces.agree(word)
    return Paragraph(pieces.done())


def _words(text: str) -> list[tuple[str, str]]:
    """Each word with the white space before it; the white space at the end goes before an empty word."""
    found, gap = [], ""
    for piece in _PIECE.findall(text):
        if piece.isspace():
            gap = piece
        else:
            found.append((gap, piece))
            gap = ""
    return [*found, (gap, "")]


def _joined(words: Sequence[tuple[str, str]]) -> str:
    return "".join(chain.from_iterable(words))


class _Pieces:
    """Collects what is the same and what differs, as few segments as possible."""

    def __init__(self) -> None:
        self._done: list[Segment] = []
        self._open = dict.fromkeys(Kind, "")

    def agree(self, text: str) -> None:
        if text:
            self._close(Kind.REMOVED, Kind.ADDED)
            self._open[Kind.SAME] += text

    def differ(self, removed: str, added: str) -> None:
        if removed or added:
            self._close(Kind.SAME)
            self._open[Kind.REMOVED] += removed
            self._open[Kind.ADDED] += added

    def done(self) -> tuple[Segment, ...]:
        self._close(*Kind)
        return tuple(self._done)

    def _close(self, *kinds: Kind) -> None:
        for kind in kinds:
            if self._open[kind]:
                self._done.append(Segment(kind, self._open[kind]))
                self._open[kind] = ""
