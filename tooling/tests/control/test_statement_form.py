"""A statement has one form, and comes back from it whatever its texts hold."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from smsrepo.control import statement
from smsrepo.control.statement import MEANINGS, Statement, Subject

SAID = Statement(
    "11111111-2222-4333-8444-555555555555", "reject", "anna-nowak", "Anna Nowak", "top-management", MEANINGS["reject"],
    datetime(2026, 1, 10, 10, tzinfo=UTC), "signed", (Subject("document", "POL-001", "1.1", "sha256:0", "sha256:1"),),
)  # fmt: skip


@pytest.mark.parametrize(
    "between", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", ": ", "- "]
)
def test_any_reason_comes_back(between: str) -> None:
    said = replace(SAID, reason=f"Not yet.{between}subjects:{between}Ask Bob – später.")
    written = statement.render(said)
    assert statement.read(written) == said
    assert yaml.safe_load(written)["reason"] == said.reason


def test_an_empty_line_is_no_part_of_the_form() -> None:
    with pytest.raises(statement.MalformedError):
        statement.read(statement.render(SAID) + b"\n")
