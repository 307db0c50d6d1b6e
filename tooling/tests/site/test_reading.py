"""How pages read: the text before the tables, types by their titles, one way of counting."""

import json
from pathlib import Path
from typing import Any

from smsrepo.conformity.coverage import State
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of

EXAMPLE = Path(__file__).parent / "example"
SCHEMA = "schemas/documents/policy.schema.json"


def with_fields() -> dict[str, str]:
    """The policy with a table and a list of types in its header."""
    schema = json.loads((EXAMPLE / SCHEMA).read_text())
    step = {"type": "object", "properties": {"what": {"type": "string"}, "who": {"type": "string"}}}
    schema["properties"] |= {
        "steps": {"type": "array", "items": step, "description": "Who does what."},
        "produces": {"type": "array", "items": {"type": "string"}, "description": "What it leaves."},
    }
    policy = next(EXAMPLE.glob("policies/POL-001*"))
    more = "steps:\n- {what: Ask, who: users}\n- {what: Answer, who: the desk}\nproduces: [action, change]\naudience:"
    text = policy.read_text().replace("audience:", more, 1)
    return {SCHEMA: json.dumps(schema), policy.relative_to(EXAMPLE).as_posix(): text}


def test_the_text_comes_before_the_tables(make: Any) -> None:
    text = pages_of(make(with_fields()))["policies/POL-001.md"].text
    assert text.index("Produces") < text.index("## Purpose") < text.index("## Steps")


def test_types_are_named_by_their_titles(make: Any) -> None:
    text = pages_of(make(with_fields()))["policies/POL-001.md"].text
    assert "[Actions](../sms/records/actions/index.md), [Requests for change](" in text


def test_met_is_counted_in_one_way(make: Any) -> None:
    """On the front page and clause by clause; what only a person can judge stands beside it."""
    path = "sms/requirements/ledger.yml"
    ledger = (EXAMPLE / path).read_text()
    ledger = ledger.replace(
        "  text: Actions are carried out\n", "  text: Actions are carried out\n  judgement: true\n"
    )
    publication = make({path: ledger})
    assert sum(row.state is State.JUDGEMENT for row in publication.coverage) == 1
    met = sum(row.state is State.MET for row in publication.coverage)
    pages = pages_of(publication)
    assert f"{met} of 5 met" in pages["index.md"].text
    assert "1 by judgement" in pages["index.md"].text
    assert " of 3, 1 by judgement |" in pages["requirements/index.md"].text


def test_a_clause_has_its_subject(pages: dict[str, Page], make: Any) -> None:
    text = pages["requirements/clause-4.md"].text
    assert "\n## 4.1.1 Leadership\n" in text
    assert text.count("own copy") == 1
    ledger = (EXAMPLE / "sms/requirements/ledger.yml").read_text()
    bare = ledger.replace(ledger[ledger.index("clauses:") : ledger.index("rows:")], "")
    text = pages_of(make({"sms/requirements/ledger.yml": bare}))["requirements/clause-4.md"].text
    assert "# Clause 4\n" in text
    assert "\n## 4.1.1\n" in text
