"""Drawings of what depends on what: inline SVG with links, and the same in words."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.site.markup import blocks, bullets, plain
from smsrepo.site.publication import Publication

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 160, 46, 16, 40, 4
_MOST = 60


class _Box(NamedTuple):
    x: int
    y: int
    artefact: Artefact


def overview(publication: Publication, page: str) -> str:
    """All services with everything below them."""
    services = [a.id for a in publication.repo.all("service")]
    shown = _below(publication, services)
    if len(shown) > _MOST or not services:
        return ""
    return blocks(
        "## What depends on what",
        _figure(publication, page, shown, "Services and the components they depend on"),
    )


def neighbourhood(publication: Publication, page: str, artefact: Artefact) -> str:
    """What one entry depends on, down to the lowest layer."""
    shown = _below(publication, [artefact.id])
    if not 1 < len(shown) <= _MOST:
        return ""
    return _figure(publication, page, shown, f"What {artefact.id} {artefact.title} depends on")


def _below(publication: Publication, ids: Iterable[str]) -> list[str]:
    found = dict.fromkeys(ids)
    waiting = list(found)
    while waiting and len(found) <= _MOST:
        for id_ in publication.needs.get(waiting.pop(0), ()):
            if id_ not in found:
                found[id_] = None
                waiting.append(id_)
    return list(found)


def _figure(publication: Publication, page: str, ids: Sequence[str], label: str) -> str:
    shown = frozenset(ids)
    needs = {id_: [to for to in publication.needs.get(id_, ()) if to in shown] for id_ in ids}
    drawing = _drawing(publication, page, _layers(ids, needs), needs, label)
    said = [
        f"{publication.reference(page, id_)} needs {', '.join(publication.reference(page, to) for to in targets)}"
        for id_, targets in needs.items()
        if targets
    ]
    summary = f"<summary>{plain(label)}, in words</summary>"
    words = f'<details class="sms-words" markdown>\n{summary}\n\n{bullets(said)}\n\n</details>'
    return blocks(
        f'<div class="sms-drawing" tabindex="0" role="group" aria-label="{escape(label)}">{drawing}</div>',
        words,
    )


def _layers(ids: Sequence[str], needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Layers from top to bottom: each thing stands below all that need it; circles do not hang."""
    layer = dict.fromkeys(ids, 0)
    for _ in range(len(ids)):
        moved = False
        for id_, targets in needs.items():
            for to in targets:
                if layer[to] <= layer[id_] < len(ids):
                    layer[to] = layer[id_] + 1
                    moved = True
        if not moved:
            break
    layers: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for id_ in ids:
        layers[layer[id_]].append(id_)
    layers = [some for some in layers if some]
    for upper, lower in pairwise(layers):
        # Near what needs them: lines cross less often.
        lower.sort(key=lambda to: _mean([i for i, id_ in enumerate(upper) if to in needs[id_]], len(upper)))
    return layers


def _mean(numbers: Sequence[int], without: int) -> float:
    return sum(numbers) / len(numbers) if numbers else without


def _drawing(
    publication: Publication,
    page: str,
    layers: Sequence[Sequence[str]],
    needs: Mapping[str, Sequence[str]],
    label: str,
) -> str:
    widest = max(map(len, layers))
    boxes: dict[str, _Box] = {}
    for number, some in enumerate(layers):
        left = _MARGIN + (widest - len(some)) * (_WIDTH + _GAP_X) // 2
        for place, id_ in enumerate(some):
            artefact = publication.repo.by_id[id_]
            boxes[id_] = _Box(
                left + place * (_WIDTH + _GAP_X), _MARGIN + number * (_HEIGHT + _GAP_Y), artefact
            )
    width = widest * (_WIDTH + _GAP_X) - _GAP_X + 2 * _MARGIN
    height = len(layers) * (_HEIGHT + _GAP_Y) - _GAP_Y + 2 * _MARGIN
    lines = [_line(boxes[id_], boxes[to]) for id_, targets in needs.items() for to in targets]
    nodes = [_node(publication, page, box) for box in boxes.values()]
    head = (
        f'<svg class="sms-graph" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(label)}">'
    )
    return "".join([head, *lines, *nodes, "</svg>"])


def _line(start: _Box, end: _Box) -> str:
    x1, y1 = start.x + _WIDTH // 2, start.y + _HEIGHT
    x2, y2 = end.x + _WIDTH // 2, end.y
    bend = max(24, (y2 - y1) // 2)
    return f'<path class="sms-graph__line" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"></path>'


def _node(publication: Publication, page: str, box: _Box) -> str:
    artefact = box.artefact
    target = escape(publication.address(page, publication.page_paths[artefact.path]))
    title = wrap(artefact.title, 21) or [""]
    shown = title[0] + ("…" if len(title) > 1 else "")
    return (
        f'<a href="{target}"><title>{_text(f"{artefact.id} {artefact.title}")}</title>'
        f'<rect class="sms-graph__box sms-graph__box--{artefact.type.name}" x="{box.x}" y="{box.y}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" rx="4"></rect>'
        f'<text class="sms-graph__id" x="{box.x + 10}" y="{box.y + 18}">{_text(artefact.id)}</text>'
        f'<text class="sms-graph__title" x="{box.x + 10}" y="{box.y + 35}">{_text(shown)}</text></a>'
    )


def _text(text: str) -> str:
    return escape(text).replace("{", "&#123;")
