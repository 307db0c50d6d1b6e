"""What depends on what: upwards as well as downwards, without what is gone, and whatever goes round in a circle."""

import re

import pytest

from smsrepo.site.publication import Publication
from smsrepo.site.services.graph import neighbourhood, overview, services_above

SERVICE = """id: SVC-{0:03}
type: service
title: Service {0}
revision: "1.0"
status: {1}
effective_from: "2026-03-01"
owner: service-owner
author: ben-okoro
summary_of_change: First issue.
stage: {2}
description: What it is.
components: [CI-001]
depends_on: {3}
"""


def service(number: int, *needs: int, status: str = "issued", stage: str = "live") -> dict[str, str]:
    named = f"[{', '.join(f'SVC-{n:03}' for n in needs)}]" if needs else "{none: It stands alone.}"
    text = SERVICE.format(number, status, stage, named)
    return {f"catalog/services/SVC-{number:03}-service.yml": text}


def drawn(html: str) -> list[str]:
    """The ids in a drawing, from top to bottom."""
    boxes = re.findall(r'sms-graph__id" x="\d+" y="(\d+)">([^<]+)', html)
    return [id_ for _, id_ in sorted(boxes, key=lambda box: int(box[0]))]


def page(publication: Publication, id_: str) -> str:
    return neighbourhood(publication, "catalog/x.md", publication.repo.by_id[id_])


# (services beside the example's SVC-001, whose drawing, the ids in it from top to bottom)
DRAWINGS = {
    "two layers above": (
        service(2, 1) | service(3, 2) | service(4, 3), "SVC-001", ["SVC-003", "SVC-002", "SVC-001", "CI-001"],
    ),
    "what is gone needs nothing": (service(2, 1, stage="proposed"), "SVC-001", ["SVC-001", "CI-001"]),
    "a draft is on its way": (
        service(2, 1, status="draft", stage="proposed"), "SVC-001", ["SVC-002", "SVC-001", "CI-001"],
    ),
    "too wide a layer is left to words": (
        {path: text for n in range(2, 9) for path, text in service(n, 1).items()}, "SVC-001", ["SVC-001", "CI-001"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "id_", "ids"), DRAWINGS.values(), ids=DRAWINGS)
def test_drawing(make, files: dict[str, str], id_: str, ids: list[str]) -> None:
    html = page(make(files), id_)
    assert drawn(html) == ids
    assert html.count("sms-graph__box--here") == 1


def test_circles_come_to_an_end(make) -> None:
    publication = make(service(2, 3) | service(3, 2))
    assert sorted(drawn(page(publication, "SVC-002"))) == ["CI-001", "SVC-002", "SVC-003"]
    above = services_above(publication, publication.repo.by_id["SVC-002"])
    assert [a.id for a in above] == ["SVC-003"]


def test_services_stand_on_a_component_through_others(make) -> None:
    publication = make(service(2, 1) | service(3, 2) | service(4, stage="proposed"))
    above = services_above(publication, publication.repo.by_id["CI-001"])
    assert [a.id for a in above] == ["SVC-001", "SVC-002", "SVC-003"]


def test_overview_leaves_out_what_is_gone(make) -> None:
    publication = make(service(2, 1) | service(3, 1, stage="proposed"))
    assert drawn(overview(publication, "catalog/services/index.md")) == ["SVC-002", "SVC-001", "CI-001"]


def test_words_say_what_is_drawn(make) -> None:
    html = page(make(service(2, 1)), "SVC-001")
    assert "[SVC-002 Service 2](../catalog/services/SVC-002.md) needs" in html
    assert 'aria-label="What SVC-001 Mail depends on, and what depends on SVC-001"' in html
