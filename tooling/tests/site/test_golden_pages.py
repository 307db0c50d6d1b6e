"""One page of each kind, as it is written for engines. Refresh with SMS_GOLDEN=write, then read the difference."""

import os
from pathlib import Path

import pytest

from smsrepo.site.page import Page

GOLDEN = Path(__file__).parent / "golden"
KINDS = {
    "home": "index.md",
    "document": "policies/POL-001.md",
    "draft": "policies/POL-002.md",
    "service": "catalog/services/SVC-001.md",
    "register-entry": "sms/registers/customers/CUS-001.md",
    "agreement": "slas/SLA-001.md",
    "record": "sms/records/actions/ACT-2026-0001.md",
    "measurement": "sms/records/measurements/MEA-2026-0002.md",
    "records": "records/index.md",
    "record-index": "sms/records/actions/index.md",
    "services": "catalog/services/index.md",
    "register": "register.md",
    "roles": "roles.md",
    "control": "control.md",
    "requirements": "requirements/index.md",
    "clause": "requirements/clause-4.md",
    "crosswalk": "requirements/view-next.md",
    "schedule": "schedule-of-change.md",
    "findings": "findings.md",
    "decisions": "decisions.md",
    "rules": "rules.md",
    "rule": "rules/no-author.md",
}


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_as_agreed(kind: str, pages: dict[str, Page]) -> None:
    path = GOLDEN / f"{kind}.md"
    text = pages[KINDS[kind]].text
    if os.environ.get("SMS_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_page_is_compared() -> None:
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(KINDS)
