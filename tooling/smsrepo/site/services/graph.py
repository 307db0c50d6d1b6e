"""Drawings of what depends on what: inline SVG with links, and the same in words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import attribute, blocks, bullets, plain

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 156, 46, 12, 40, 4
_MOST = 60
_WIDE = 6


class _Box(NamedTuple):
    x: int
    y: int
    artefact: Artefact


def overview(publication: Publication, page: str) -> str:
    """All services with everything below them."""
    services = [a.id for a in publication.repo.all("service") if not _gone(a)]
    shown = _below(publication, services)
    if len(shown) > _MOST or not services:
        return ""
    return blocks(
        "## What depends on what",
        _figure(publication, page, shown, "Services and the components they depend on"),
    )


def neighbourhood(publication: Publication, page: str, artefact: Artefact) -> str:
    """What one entry depends on, down to the lowest layer, and what depends on it, up to two layers."""
    below = _below(publication, [artefact.id])
    above = _above(publication, artefact)
    if not 1 < len(below) + len(above) <= _MOST:
        return ""
    named = f"{artefact.id} {artefact.title}"
    label = f"What {named} depends on" + (f", and what depends on {artefact.id}" if above else "")
    return _figure(publication, page, [*above, *below], label, here=artefact.id)


def services_above(publication: Publication, artefact: Artefact) -> list[Artefact]:
    """The active services that do not work without an entry, however many layers lie between."""
    found = {artefact.id: None}
    for id_ in (waiting := [artefact.id]):
        users = [to for to in _users(publication, id_) if to not in found]
        found |= dict.fromkeys(users)
        waiting += users
    entries = (publication.repo.by_id[id_] for id_ in found if id_ != artefact.id)
    return sorted((a for a in entries if a.type.name == "service"), key=lambda a: a.id)


def _above(publication: Publication, artefact: Artefact) -> list[str]:
    """Two layers above an entry, each as long as it is narrow."""
    found: list[str] = []
    layer = [artefact.id]
    for _ in range(2):
        users = dict.fromkeys(to for id_ in layer for to in _users(publication, id_))
        layer = [id_ for id_ in users if id_ not in found and id_ != artefact.id]
        if len(layer) > _WIDE:
            break
        found = [*layer, *found]
    return found


def _users(publication: Publication, id_: str) -> list[str]:
    """The active services and components that name an entry."""
    by_id = publication.repo.by_id
    users = publication.needed_by.get(id_, ())
    return [to for to in users if by_id[to].type.name in ("service", "component") and not _gone(by_id[to])]


def _gone(entry: Artefact) -> bool:
    """Whether a catalogue entry was in use and is no more; drafts are on their way there."""
    return not entry.active and entry.status != "draft"


def _below(publication: Publication, ids: Iterable[str]) -> list[str]:
    found = dict.fromkeys(ids)
    waiting = list(found)
    while waiting and len(found) <= _MOST:
        for id_ in publication.needs.get(waiting.pop(0), ()):
            if id_ not in found:
                found[id_] = None
                waiting.append(id_)
    return list(found)


def _figure(publication: Publication, page: str, ids: Sequence[str], label: str, here: str = "") -> str:
    shown = frozenset(ids)
    needs = {id_: [to for to in publication.needs.get(id_, ()) if to in shown] for id_ in ids}
    drawing = _drawing(publication, page, _layers(ids, needs), needs, label, here)
    said = [
        f"{publication.reference(page, id_)} needs {', '.join(publication.reference(page, to) for to in targets)}"
        for id_, targets in needs.items()
        if targets
    ]
    summary = f"<summary>{plain(label)}, in words</summary>"
    words = f'<details class="sms-words" markdown>\n{summary}\n\n{bullets(said)}\n\n</details>'
    return blocks(
        f'<div class="sms-drawing" tabindex="0" role="group" aria-label="{attribute(label)}">{drawing}</div>',
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
    here: str,
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
    nodes = [_node(publication, page, box, here) for box in boxes.values()]
    head = (
        f'<svg class="sms-graph" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-label="{attribute(label)}">'
    )
    return "".join([head, *lines, *nodes, "</svg>"])


def _line(start: _Box, end: _Box) -> str:
    x1, y1 = start.x + _WIDTH // 2, start.y + _HEIGHT
    x2, y2 = end.x + _WIDTH // 2, end.y
    bend = max(24, (y2 - y1) // 2)
    return f'<path class="sms-graph__line" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"></path>'


def _node(publication: Publication, page: str, box: _Box, here: str) -> str:
    artefact = box.artefact
    target = attribute(publication.address(page, publication.page_paths[artefact.path]))
    title = wrap(artefact.title, 21) or [""]
    shown = title[0] + ("…" if len(title) > 1 else "")
    mark = " sms-graph__box--here" if artefact.id == here else ""
    return (
        f'<a href="{target}"><title>{plain(f"{artefact.id} {artefact.title}")}</title>'
        f'<rect class="sms-graph__box sms-graph__box--{artefact.type.name}{mark}" x="{box.x}" y="{box.y}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" rx="4"></rect>'
        f'<text class="sms-graph__id" x="{box.x + 10}" y="{box.y + 18}">{plain(artefact.id)}</text>'
        f'<text class="sms-graph__title" x="{box.x + 10}" y="{box.y + 35}">{plain(shown)}</text></a>'
    )
