"""The order in which records are shown."""

from types import SimpleNamespace
from typing import Any

from smsrepo.model.newest import newest_first


def record(id_: str, **data: str) -> Any:
    return SimpleNamespace(id=id_, data=data)


def test_the_latest_day_then_the_highest_id() -> None:
    records = [
        record("A-001"),
        record("B-001", recorded_on="2026-01-02"),
        record("C-001", recorded_on="2026-01-03"),
        record("C-002", recorded_on="2026-01-03"),
    ]
    assert [found.id for found in newest_first(records)] == ["C-002", "C-001", "B-001", "A-001"]
