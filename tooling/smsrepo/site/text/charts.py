"""Bars and lines as inline SVG: they print, need no script, and say in words what they show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from smsrepo.site.text.markup import attribute, unseen

_WIDTH, _HEIGHT = 600, 14
_LINE_WIDTH, _LINE_HEIGHT, _MARGIN = 132, 32, 6


class Point(NamedTuple):
    """A figure of a line, and whether the target was missed with it."""

    value: float
    missed: bool


def bar(parts: Mapping[str, int], label: str) -> str:
    """One bar of several parts, by the name of their style; the label says the same in words."""
    total = sum(parts.values()) or 1
    at = 0.0
    pieces = []
    for name, number in parts.items():
        width = _WIDTH * number / total
        if number:
            pieces.append(
                f'<rect class="sms-bar__{name}" x="{at:.1f}" y="0" width="{width:.1f}" height="{_HEIGHT}"></rect>'
            )
        at += width
    head = (
        f'<svg class="sms-bar" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'preserveAspectRatio="none" role="img" aria-label="{attribute(label)}">'
    )
    return f"{head}{''.join(pieces)}</svg>"


def sparkline(points: Sequence[Point | None], target: float | None, label: str) -> str:
    """A small line with a dot for each figure, a triangle where the target was missed, and a dashed line at the target.

    None leaves a gap. The label says the same in words, with the figures.
    """
    figures = [point.value for point in points if point]
    if not figures:
        return ""
    height = _scale([*figures, *([] if target is None else [target])])
    step = (_LINE_WIDTH - 2 * _MARGIN) / max(len(points) - 1, 1)
    placed = [
        (_MARGIN + number * step, height(point.value), point) if point else None
        for number, point in enumerate(points)
    ]
    parts = []
    if target is not None:
        parts.append(f'<path class="sms-spark__target" d="M0 {height(target):.1f}H{_LINE_WIDTH}"></path>')
    parts.append(f'<path class="sms-spark__line" d="{"".join(_strokes(placed))}"></path>')
    parts += [_mark(*place) for place in placed if place]
    head = (
        f'<svg class="sms-spark" viewBox="0 0 {_LINE_WIDTH} {_LINE_HEIGHT}" '
        f'width="{_LINE_WIDTH}" height="{_LINE_HEIGHT}" role="img" aria-label="{attribute(label)}">'
    )
    return f"{head}{''.join(parts)}</svg>"


def heat_cell(content: str, *, missed: bool) -> str:
    """A figure (HTML or Markdown) on a tinted ground; a miss has a shape of its own, and both are said in words."""
    tone, word = ("bad", "missed") if missed else ("good", "met")
    return f'<span class="sms-heat sms-heat--{tone}">{content}{unseen(f" {word}")}</span>'


def _scale(figures: Sequence[float]) -> Callable[[float], float]:
    """From figures to places from the top; where all figures are the same, in the middle."""
    low, high = min(figures), max(figures)
    room = _LINE_HEIGHT - 2 * _MARGIN

    def place(figure: float) -> float:
        share = (figure - low) / (high - low) if high > low else 0.5
        return _LINE_HEIGHT - _MARGIN - share * room

    return place


def _strokes(placed: Sequence[tuple[float, float, Point] | None]) -> Iterator[str]:
    """The line from figure to figure, broken where one is missing."""
    drawing = False
    for place in placed:
        if place:
            yield f"{'L' if drawing else 'M'}{place[0]:.1f} {place[1]:.1f}"
        drawing = place is not None


def _mark(x: float, y: float, point: Point) -> str:
    if point.missed:
        return f'<path class="sms-spark__missed" d="M{x:.1f} {y - 5:.1f}l5 9h-10z"></path>'
    return f'<rect class="sms-spark__met" x="{x - 1.5:.1f}" y="{y - 1.5:.1f}" width="3" height="3" rx="1.5"></rect>'
