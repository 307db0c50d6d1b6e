"""The table of cross-rules is whole, and what it says enforces them exists."""

import re
from collections import Counter

import pytest
from support.memory import ROOT

from smsrepo.check.catalogue import built_in

TABLE = (ROOT / "tooling/docs/cross-rules.md").read_text(encoding="utf-8")
ROWS = [
    (row[1], row[2].strip(), row[3].strip())
    for row in re.finditer(r"^\| (R-\S+) \|(.*)\|(.*)\|$", TABLE, re.MULTILINE)
]
COUNTS = {
    "DOC": 15, "REC": 7, "ROL": 10, "SCP": 4, "GOV": 5, "PLN": 6, "AUD": 12, "MRV": 7, "IMP": 7, "NEW": 13, "SLM": 13, "RPT": 5,
    "SCA": 11, "FIN": 6, "CAP": 5, "ISM": 9, "BRM": 7, "SUP": 7, "INC": 9, "PRB": 8, "CFG": 9, "CHG": 12, "REL": 10, "SYS": 7,
}  # fmt: skip
"""How many cross-rules each topic has."""


def test_there_are_as_many_topics_as_counted() -> None:
    assert sum(COUNTS.values()) == 204
    assert {id_.split("-")[1] for id_, _, _ in ROWS} <= set(COUNTS)


def test_every_id_stands_once() -> None:
    assert [id_ for id_, times in Counter(id_ for id_, _, _ in ROWS).items() if times > 1] == []


@pytest.mark.parametrize(("topic", "number"), COUNTS.items(), ids=COUNTS)
def test_a_topic_is_numbered_without_a_gap(topic: str, number: int) -> None:
    found = [id_ for id_, _, _ in ROWS if id_.startswith(f"R-{topic}-")]
    assert found == [f"R-{topic}-{count:02}" for count in range(1, number + 1)]


@pytest.mark.parametrize(("statement", "by"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_row_says_what_holds_and_by_what(statement: str, by: str) -> None:
    assert len(statement.split()) >= 3
    assert by
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", by))
    assert sorted(named - set(built_in())) == []
