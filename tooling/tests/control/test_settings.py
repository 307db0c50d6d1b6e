"""Typed views of the settings: keys, collectors, the approval matrix, retention, what is exempt."""

from datetime import date

import pytest
from support.memory import MemorySource, schemas, small_settings

from smsrepo.control.settings import (
    CONTROL,
    ORGANISATION,
    PEOPLE,
    ApprovalRow,
    Key,
    Needed,
    ReducedRow,
    Retention,
    Settings,
)
from smsrepo.load.snapshot import load
from smsrepo.model.duration import Duration

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqXyN2R5hC0d1VQ3hGvR8yZxJ4xTqS0Cq3nT7kYx1aB"
MATRIX = """
approvals:
- types: [policy-change, sla]
  approvers: [top-management, change-manager]
  persons: 2
  assurance: signed
  minor: { approvers: [change-manager], persons: 1, changed_share: 5 }
- types: [sla]
  classifications: [confidential, internal]
  approvers: [top-management]
  persons: 1
  assurance: platform
  minor: { approvers: [top-management], persons: 1, assurance: signed, changed_share: 10 }
  acknowledge: true
- types: [ola]
  classifications: [public]
  approvers: [service-owner]
  persons: 1
  assurance: platform
"""
BOTH = Needed(("top-management", "change-manager"), 2, "signed")
FULL = ApprovalRow(
    ("policy-change", "sla"), (), BOTH, ReducedRow(("change-manager",), 1, "signed", 5), acknowledge=False
)
CLASSIFIED = ApprovalRow(
    ("sla",),
    ("confidential", "internal"),
    Needed(("top-management",), 1, "platform"),
    ReducedRow(("top-management",), 1, "signed", 10),
    acknowledge=True,
)


def settings(changes: dict[str, tuple[str, str]]) -> Settings:
    """The settings of the small organisation, with one text replaced in some of the files."""
    files = {path: raw.decode() for path, raw in small_settings().items()}
    for path, (old, new) in changes.items():
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    repo = load(MemorySource({**schemas(), **files}))
    assert not repo.flaws, repo.flaws
    return Settings(repo)


@pytest.mark.parametrize(
    ("type_name", "classification", "row"),
    [
        ("policy-change", "internal", FULL),
        ("sla", "", FULL),
        ("sla", "public", FULL),
        ("sla", "internal", CLASSIFIED),
        ("sla", "confidential", CLASSIFIED),
        ("ola", "internal", None),
        ("ola", "", None),
        ("service", "public", None),
    ],
)
def test_the_row_of_a_document(type_name: str, classification: str, row: ApprovalRow | None) -> None:
    base = small_settings()[CONTROL].decode()
    old = base[base.index("approvals:") : base.index("policy:")]
    assert settings({CONTROL: (old, MATRIX)}).approval_row(type_name, classification) == row


def test_a_reduced_row_without_its_share_is_a_row_like_others() -> None:
    assert ReducedRow(("change-manager",), 1, "signed", 5).needed == Needed(("change-manager",), 1, "signed")


def test_policy_and_retention() -> None:
    found = settings({})
    assert found.policy_row == Needed(("top-management",), 1, "signed")
    kept = Retention("operations", ("incident",), Duration("P3Y"), "closed", ("top-management",))
    assert found.retention("incident") == kept
    assert found.retention("change") is None


def test_keys_and_collectors() -> None:
    listed = f"""  keys:
  - key: {KEY}
    from: "2026-01-01"
    to: "2026-06-30"
  - key: {KEY[:-1]}C
    from: "2026-07-01"
    compromised_on: "2026-08-01"
  active_from: "2026-01-01"
"""
    collector = f"""collectors:
- id: github-collector
  forge: github
  keys:
  - key: {KEY[:-1]}D
    from: "2026-01-01"
people:
"""
    files = {path: raw.decode() for path, raw in small_settings().items()}
    changed = files[PEOPLE].replace('  active_from: "2026-01-01"\n', listed, 1)
    found = settings({PEOPLE: (files[PEOPLE], changed.replace("people:\n", collector, 1))})
    assert found.people["anna-nowak"].keys == (
        Key(KEY, date(2026, 1, 1), date(2026, 6, 30), None),
        Key(f"{KEY[:-1]}C", date(2026, 7, 1), None, date(2026, 8, 1)),
    )
    assert found.people["ben-okoro"].keys == ()
    one = found.collectors["github-collector"]
    assert (one.forge, [key.line for key in one.keys]) == ("github", [f"{KEY[:-1]}D"])
    assert "github-collector" not in found.people


def test_repository_and_what_is_exempt() -> None:
    exempt = """exempt:
- paths: [tooling/tests/, Makefile]
  why: The source of the product.
- paths: [.github/]
  why: The source of the product.
standard:"""
    found = settings({ORGANISATION: ("standard:", exempt)})
    assert found.repository == "00000000-0000-4000-8000-000000000001"
    assert found.exempt_paths == ("tooling/tests/", "Makefile", ".github/")
    assert settings({}).exempt_paths == ()


def test_settings_that_do_not_fit_allow_nothing() -> None:
    broken = {
        CONTROL: small_settings()[CONTROL].replace(b"persons: 1", b"persons: none"),
        ORGANISATION: b"repository: x\n",
        PEOPLE: b"people: []\n",
    }
    found = Settings(load(MemorySource({**schemas(), **small_settings(), **broken})))
    assert (found.approval_rows, found.policy_row, found.retention("incident")) == ((), None, None)
    assert (found.repository, found.exempt_paths) == ("", ())
    assert (found.people, found.collectors) == ({}, {})
