"""Bars as inline SVG: they print, need no script, and say in words what they show."""

from collections.abc import Mapping
from html import escape

_WIDTH, _HEIGHT = 600, 14


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
        f'preserveAspectRatio="none" role="img" aria-label="{escape(label)}">'
    )
    return f"{head}{''.join(pieces)}</svg>"
