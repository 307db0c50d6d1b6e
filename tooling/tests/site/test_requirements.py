"""From the front page to the evidence: what readers click, and what the schedule of change tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from support.memory import ROOT

from smsrepo.conformity.coverage import Covered, State
from smsrepo.site.conformity.requirement_rows import requirement_row
from smsrepo.site.edition import publication_of
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication

_SHOWS = {"register.md", "records/index.md", "roles.md", "control.md", "schedule-of-change.md"}
CLAUSE = "requirements/clause-4.md"
NOTICE = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Notice", "description": "Somebody was told something.",
  "x-sms": {"code": "COM", "kind": "record", "plural": "Notices", "prefix": "COM", "folder": "sms/records/notices"},
  "allOf": [{"$ref": "../common/record-header.schema.json"}],
  "properties": {"type": {"const": "notice"}}, "unevaluatedProperties": false
}"""
TOLD = """id: COM-2026-0001
type: notice
title: The filter is renewed
status: closed
recorded_on: "2026-11-10"
recorded_by: ben-okoro
links: [CHG-2026-0003]
"""


def links(html: str, page: Path) -> Iterator[Path]:
    """The files that links of a built page lead to."""
    for target in re.findall(r'href="([^"#]+)(?:#[^"]*)?"', unescape(html)):
        if "://" not in target:
            found = (page.parent / target).resolve()
            yield found / "index.html" if found.suffix != ".html" else found


def body(page: Path) -> str:
    """What stands on a page apart from the menu."""
    return page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]


def row_of(html: str, id_: str) -> str:
    return next(row for row in html.split("<tr>") if f'id="{id_}"' in row)


def file_of(built: Any, path: str) -> Path:
    stem = path.removesuffix(".md").removesuffix("index").rstrip("/")
    return built.folder.resolve() / stem / "index.html"


def test_every_met_requirement_is_three_clicks_from_the_front_page(built_root: Any) -> None:
    """Home, requirements, the clause, what serves: for each row that is met."""
    publication = publication_of(ROOT)
    home = built_root.folder.resolve() / "index.html"
    overview = file_of(built_root, "requirements/index.md")
    assert overview in links(body(home), home)
    clauses = set(links(body(overview), overview))
    met = [row for row in publication.coverage if row.state is State.MET]
    assert met
    for row in met:
        page = file_of(built_root, f"requirements/clause-{row.requirement.clause[:1]}.md")
        assert page in clauses
        reached = set(links(row_of(body(page), row.requirement.id), page))
        assert reached & serving(publication, built_root, row), row.requirement.id
        assert all(target.is_file() for target in reached)


def serving(publication: Publication, built: Any, row: Covered) -> set[Path]:
    """The pages of what serves a row, and those that show what no artefact holds."""
    artefacts = [*row.evidence, *(a for claim in row.claims for a in claim.serving)]
    pages = {publication.page_paths[artefact.path] for artefact in artefacts}
    return {file_of(built, path) for path in (pages or _SHOWS)}


def test_the_schedule_tells_who_was_told(make: Any) -> None:
    files = {
        "schemas/records/notice.schema.json": NOTICE,
        "sms/records/notices/COM-2026-0001-filter.yml": TOLD,
    }
    text = pages_of(make(files))["schedule-of-change.md"].text
    filter_, disk = (next(line for line in text.splitlines() if name in line) for name in ("0003", "0002"))
    assert "[COM-2026-0001](sms/records/notices/COM-2026-0001.md), 2026-11-10" in filter_
    assert "no communication recorded" in disk
    assert "CHG-2026-0004" not in text, "not decided"
    assert "CHG-2026-0005" not in text, "too long ago"


def test_no_schedule_where_changes_have_no_day(make: Any, pages: dict[str, Page]) -> None:
    path = "schemas/records/change.schema.json"
    schema = (Path(__file__).parent / "example" / path).read_text()
    without = pages_of(make({path: re.sub(r'"also": .*\n', "", schema)}))
    assert "schedule-of-change.md" in pages
    assert "schedule-of-change.md" not in without
    assert "Schedule of change" not in without["records/index.md"].text


def test_a_crosswalk_that_cannot_be_read_is_told(make: Any) -> None:
    found = pages_of(make({"sms/requirements/crosswalk-next.yml": "title: ["}))
    assert "requirements/view-next.md" not in found
    assert "cannot be read" in found["requirements/index.md"].text


def test_what_a_row_does_not_name_is_linked(publication: Publication) -> None:
    records = publication.repo.by_type
    row = publication.coverage[0]
    evidence = (*records["change"], *records["action"], *records["measurement"])
    claim = replace(row.claims[0], serving=records["policy"] * 3)
    cell = requirement_row(
        publication, CLAUSE, replace(row, evidence=evidence, claims=(claim,), missing=("a gap",) * 8)
    )[2]
    assert "2 more of [Requests for change](../sms/records/changes/index.md)" in cell
    assert "1 more of [Measurements](../sms/records/measurements/index.md)" in cell
    assert "3 more of [Policies](../policies/index.md)" in cell
    assert "<br>and 2 more<br>" in cell  # that many are missing besides the six named
    assert cell.index("CHG-2026-0004") < cell.index("MEA-2026-0002") < cell.index("ACT-2026-0001")
