"""Roles and their part in the processes: a matrix that reads without colour and without eyes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.text.sanitise import sanitise

EXAMPLE = Path(__file__).parent / "example"
SCHEMA = "schemas/documents/policy.schema.json"
POLICY = "policies/POL-001-mail-policy.md"
ACTIVITIES = """\
responsibilities:
- {activity: Write, accountable: top-management, responsible: [service-owner, top-management], informed: [lead-auditor]}
- {activity: "Read <b> & act", accountable: service-owner, responsible: [service-owner], consulted: [nobody-knows]}
"""


@pytest.fixture(scope="module")
def with_process(make: Any) -> Publication:
    """The example, with a policy that says who has which part."""
    schema = json.loads((EXAMPLE / SCHEMA).read_text())
    schema["properties"]["responsibilities"] = {"type": "array", "description": "Who does what."}
    text = (EXAMPLE / POLICY).read_text().replace("audience:", f"{ACTIVITIES}audience:", 1)
    publication: Publication = make({SCHEMA: json.dumps(schema), POLICY: text})
    return publication


@pytest.fixture(scope="module")
def matrix(with_process: Publication) -> str:
    return pages_of(with_process)["responsibilities.md"].markdown


def test_no_process_no_matrix(pages: dict[str, Page]) -> None:
    assert "responsibilities.md" not in pages
    assert "Responsibilities" not in pages["roles.md"].markdown


def test_roles_without_a_part_have_no_column(matrix: str) -> None:
    heads = re.findall(r'<th scope="col"><span><a href="([^"]+)">([^<]+)</a>', matrix)
    assert heads == [
        ("../roles/#top-management", "Top management"),
        ("../roles/#service-owner", "Service owner"),
        ("../roles/#lead-auditor", "Lead auditor"),
    ]


def test_each_cell_says_its_part_in_letters_and_words(matrix: str) -> None:
    row = matrix.partition("<tbody>")[2].partition("</tr>")[0]
    assert '<th scope="row"><a href="../policies/POL-001/#responsibilities">Mail policy</a><br>' in row
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    letters = [re.findall(r'<span class="sms-raci [\w-]+">(\w)</span>', cell) for cell in cells]
    assert letters == [["A", "R"], ["A", "R"], ["I"]]
    said = [re.findall(r'<span class="sms-unseen">([^<]+)</span>', cell) for cell in cells]
    assert said == [["accountable, responsible"], ["accountable, responsible"], ["informed"]]
    assert all(cell.startswith('<span aria-hidden="true">') for cell in cells)


def test_the_page_says_why_a_process_has_several_who_answer_and_who_owns_it(matrix: str) -> None:
    assert "A row unites the letters of all activities of its process: several roles can have an A" in matrix
    row = matrix.partition("<tbody>")[2].partition("</tr>")[0]
    assert 'Mail policy</a><br><span class="sms-quiet">Owner: Top management</span></th>' in row


def test_activities_stand_in_the_title(matrix: str) -> None:
    assert (
        'title="Accountable: Read &lt;b&gt; &amp; act. Responsible: Write; Read &lt;b&gt; &amp; act"'
        in matrix
    )


def test_the_matrix_survives_the_last_gate(matrix: str) -> None:
    table = matrix[matrix.index('<div class="sms-matrix') : matrix.index("</table>")] + "</table></div>"
    cleaned = sanitise(table)
    for kept in ('scope="row"', 'scope="col"', 'tabindex="0"', 'role="region"', 'aria-hidden="true"'):
        assert cleaned.count(kept) == table.count(kept) > 0


def test_a_role_names_its_processes(with_process: Publication) -> None:
    text = pages_of(with_process)["roles.md"].markdown
    owner = text.partition("{#service-owner}")[2].partition("###")[0]
    assert (
        "**In the processes**\n\n- Accountable: [Mail policy](policies/POL-001.md#responsibilities)" in owner
    )


def test_the_process_has_one_row_for_each_activity(with_process: Publication) -> None:
    text = pages_of(with_process)["policies/POL-001.md"].markdown
    rows = text.partition("## Responsibilities")[2].partition("\n\n##")[0].strip().splitlines()
    assert rows[0] == "| Activity | Accountable | Responsible | Consulted | Informed |"
    assert rows[2].startswith("| Write | [Top management](../roles.md#top-management) | [Service owner](")
    assert rows[3].startswith("| Read &lt;b&gt; &amp; act | ")
    assert "| nobody-knows |" in rows[3]


@pytest.mark.parametrize(("name", "marked"), [("Top management", False), ("Managing director", True)])
def test_top_management_is_said_once(make: Any, name: str, marked: bool) -> None:
    path = "sms/roles.yml"
    roles = (EXAMPLE / path).read_text()
    assert "name: Top management" in roles
    text = pages_of(make({path: roles.replace("name: Top management", f"name: {name}")}))["roles.md"].markdown
    assert (">Top management</span>" in text.partition("## Roles")[0]) is marked
