"""The gate on pull requests: whom it takes for an author, what it counts, what it says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.check.catalogue import about_files, built_in
from smsrepo.check.engine import Report
from smsrepo.check.gate import gate
from smsrepo.check.merge import merged
from smsrepo.export import verdict_text
from smsrepo.rules.rule import Subject

WRITTEN_TOGETHER = """
bob issues POL-001 1.1: We serve.
anna edits POL-001: We serve well.
anna approves POL-001
"""
# (scenario, what the gate says)
CASES = {
    "an author who approves": (WRITTEN_TOGETHER, "gate, saying wrote part of it  # <-- statement-refused, approval-missing"),
    "squashed at home": (
        WRITTEN_TOGETHER + "bob squashes the change\n",
        "gate, saying wrote part of it  # <-- statement-refused, approval-missing",
    ),
    "squashed by a merge queue": (
        "bob issues POL-001 1.1: We serve.\nanna approves POL-001\nbob squashes the change\n",
        "gate in the merge queue, saying named as co-author",
    ),
    "who opened the pull request approves": (
        "bob issues POL-001 1.1: We serve.\nanna approves POL-001\n",
        "gate of the pull request by anna, saying wrote part of it  # <-- statement-refused, approval-missing",
    ),
    "somebody else opened it": (
        "bob issues POL-001 1.1: We serve.\nanna approves POL-001\n", "gate of the pull request by bob",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "gate"), CASES.values(), ids=CASES)
def test_who_counts_as_an_author(text: str, gate: str, tmp_path: Path) -> None:
    played, script = play(text + gate, tmp_path / "repo")
    assert played.found[script[-1].number] == script[-1].expected


STUCK = {
    "issued": "bob edits POL-001: We serve well.\n",
    "an attachment": """
bob writes policies/network.txt: One line to each office.
bob issues POL-002 1.1 attachments=[network.txt]
anna approves POL-002
merge
bob writes policies/network.txt: No line at all.
""",
}


@pytest.mark.parametrize("text", STUCK.values(), ids=STUCK)
def test_nobody_is_asked_to_approve_what_must_be_mended_first(text: str, tmp_path: Path) -> None:
    played, _ = play(text, tmp_path / "repo")
    root, base, head = played.repo.path, played.repo.git("rev-parse", "main"), played.repo.head()
    merge = merged(root, base, head, played.now, queued=False)
    verdict = gate(merge.history, merge.step, built_in().values(), Report(()))
    said = verdict_text.text(verdict, merge.step.day)
    assert not verdict.passes
    assert len(verdict.findings) == 1
    assert "Raise the revision" in said
    assert "cannot be approved as it is" in said
    assert "sms approve" not in said
    assert "is missing" not in said


def test_a_note_is_told(tmp_path: Path) -> None:
    played, _ = play(CASES["squashed by a merge queue"][0], tmp_path / "repo")
    root, base, head = played.repo.path, played.repo.git("rev-parse", "main"), played.repo.head()
    merge = merged(root, base, head, played.now, queued=True)
    verdict = gate(merge.history, merge.step, built_in().values(), Report(()))
    assert verdict.passes
    told = "POL-001 1.1: anna-nowak is named as co-author"
    assert f"Note: {told}" in verdict_text.text(verdict, merge.step.day)
    assert "- Note: POL-001 1.1: anna-nowak is named" in verdict_text.markdown(verdict, merge.step.day)
    assert told in json.loads(verdict_text.as_json(verdict, merge.step.day))["notes"][0]


@pytest.mark.parametrize(
    ("writers", "told"),
    [
        (("bob",), ""),
        (("bob", "zoe"), "zoe@elsewhere.example, an address that belongs to nobody in sms/people.yml."),
        (
            ("bob", "zoe", "yann"),
            "yann@elsewhere.example, zoe@elsewhere.example, addresses that belong to nobody in sms/people.yml.",
        ),
    ],
    ids=["of somebody known", "of one", "of two"],
)
def test_an_address_of_nobody_is_told(writers: tuple[str, ...], told: str, tmp_path: Path) -> None:
    wrote = "".join(f"{one} issues POL-001 1.1: {one} serves.\nmerge\n" for one in writers)
    played, _ = play(f"{wrote}erik approves POL-001\nmerge", tmp_path / "repo")
    (note,) = played.proof().notes or ("",)
    assert note.partition(" POL-001 1.1: part of it was written by ")[2] == told


def test_what_statements_alone_break_elsewhere_is_told(tmp_path: Path) -> None:
    """The deletion of a schema waits without effect; the pull request that approves it brings nothing else."""
    text = """
bob deletes schemas/documents/policy-change.schema.json
merge
anna approves schemas/documents/policy-change.schema.json
gate
"""
    played, script = play(text, tmp_path / "repo")
    assert "type-not-in-force" in played.found[script[-1].number]


def test_rules_about_files_are_those_that_are_loaded_for_them() -> None:
    files = {id_: rule for id_, rule in built_in().items() if rule.subject is Subject.FILES}
    assert about_files() == files


def test_a_check_of_files_loads_no_replay(example: Path) -> None:
    code = (
        "import sys; sys.argv = ['sms', 'check']; from smsrepo.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m in ('smsrepo.control.replay', 'smsrepo.control.register', 'cryptography')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=example, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
