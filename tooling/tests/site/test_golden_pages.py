"""One page of each kind, as it is written for engines. Refresh with SMS_GOLDEN=write, then read the difference."""

import os
import re
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
    "service-levels": "service-levels.md",
    "component": "catalog/components/CI-001.md",
    "agreements": "slas/index.md",
    "register": "register.md",
    "roles": "roles.md",
    "control": "control.md",
    "requirements": "requirements/index.md",
    "clause": "requirements/clause-4.md",
    "crosswalk": "requirements/view-next.md",
    "schedule": "schedule-of-change.md",
    "calendar": "calendar.md",
    "actions": "actions.md",
    "findings": "findings.md",
    "decisions": "decisions.md",
    "rules": "rules.md",
    "rule": "rules/no-author.md",
}

UNDER_CONTROL = {
    "document-in-force": "policies/POL-001.md",
    "revision": "policies/POL-001/1.1.md",
    "changes": "changes.md",
    "obsolete": "obsolete.md",
}
_HASHES = re.compile(r"\b[0-9a-f]{8,64}\b|(?<=SHA256:)[\w+/]{43}")


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_as_agreed(kind: str, pages: dict[str, Page]) -> None:
    _compare(kind, pages[KINDS[kind]].text)


@pytest.mark.parametrize("kind", UNDER_CONTROL)
def test_page_under_control_is_as_agreed(kind: str, story_pages: dict[str, Page]) -> None:
    # Commits and digests follow from the schemas, which may change.
    _compare(kind, _HASHES.sub("…", story_pages[UNDER_CONTROL[kind]].text))


def _compare(kind: str, text: str) -> None:
    path = GOLDEN / f"{kind}.md"
    if os.environ.get("SMS_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_page_is_compared() -> None:
    assert {path.stem for path in GOLDEN.glob("*.md")} == {*KINDS, *UNDER_CONTROL}
