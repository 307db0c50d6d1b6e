"""Attacks that a look at the files alone shows; `sms check` and the gate run these rules."""

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from support import small_sms
from support.gitrepo import GitRepo
from support.scenario import play

from smsrepo.check import engine
from smsrepo.check.catalogue import built_in
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.load.yaml_dialect import parse
from smsrepo.pack.yaml_text import dump


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The files of the small SMS."""
    return play("", tmp_path / "repo")[0].repo.path


def found(root: Path) -> set[tuple[str, str, str]]:
    """Rule, path and place of what the check of the files finds."""
    report = engine.run(load(WorktreeSource(root)), built_in().values(), date(2026, 1, 11))
    return {(finding.rule, finding.path, finding.pointer) for finding in report.findings}


def rules_of(findings: set[tuple[str, str, str]]) -> set[str]:
    return {rule for rule, _, _ in findings}


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize("field", ["email", "accounts", "keys"])
def test_one_person_under_two_names(root: Path, field: str) -> None:
    """Mallory takes Anna's address, account or key: nobody could tell who acted."""
    path = root / "sms/people.yml"
    data = parse(path.read_text())
    anna, mallory = (
        next(p for p in data["people"] if p["id"] == small_sms.person_id(n)) for n in ("anna", "mallory")
    )
    before = found(root)
    mallory[field] = deepcopy(anna[field])
    path.write_text(dump(data))
    assert rules_of(found(root) - before) == {"person-registered-twice"}


def test_an_id_in_other_letters(root: Path) -> None:
    """The O of POL-001 in Cyrillic."""
    before = found(root)
    changed(root / "policies/POL-001-policy.md", "id: POL-001", "id: P\u041eL-001")
    assert found(root) - before == {("schema-violated", "policies/POL-001-policy.md", "/id")}


@pytest.mark.parametrize("status", ["draft", "obsolete"])
def test_a_document_in_force_leads_to_one_that_is_not(root: Path, status: str) -> None:
    before = found(root)
    changed(root / "policies/POL-001-policy.md", "We serve.", "We serve, see [changes](POL-002-changes.md).")
    assert found(root) == before
    changed(root / "policies/POL-002-changes.md", "status: issued", f"status: {status}")
    assert "reference-not-in-force" in rules_of(found(root) - before)


def test_a_role_that_nobody_holds(root: Path) -> None:
    """Its only holder is no longer active."""
    path = root / "sms/people.yml"
    before = found(root)
    data = parse(path.read_text())
    dora = next(p for p in data["people"] if p["id"] == small_sms.person_id("dora"))
    dora["active_to"] = "2026-01-09"
    path.write_text(dump(data))
    assert rules_of(found(root) - before) == {"vacant-role"}


def test_a_link_in_the_worktree_is_not_followed(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "policies/POL-001-policy.md", tmp_path / "outside.md")
    (root / "policies/POL-001-policy.md").unlink()
    (root / "policies/POL-001-policy.md").symlink_to(tmp_path / "outside.md")
    GitRepo(root).commit("Link")
    assert "unreadable-file" in rules_of(found(root))


def test_a_picture_that_is_shown_must_be_declared(root: Path) -> None:
    (root / "policies/seal.svg").write_text("<svg/>")
    changed(root / "policies/POL-001-policy.md", "We serve.", "We serve. ![seal](seal.svg)")
    assert "attachment-undeclared" in rules_of(found(root))
    changed(root / "policies/POL-001-policy.md", "owner:", "attachments: [seal.svg]\nowner:")
    assert "attachment-undeclared" not in rules_of(found(root))
