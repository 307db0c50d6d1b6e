"""A bad step stays in the history for ever; an approved entry in sms/deviations.yml settles it, in plain sight."""

from pathlib import Path

from support.scenario import play

from smsrepo.export import proof_text

BAD_STEP = "bob edits POL-001: Changed silently.\nmerge\n"
MENDED = "bob issues POL-001 1.1: Changed openly.\nanna approves POL-001\nmerge without naming co-authors\n"
SETTLING = "bob settles approved-bytes-changed of POL-001 in the last step by NCR-2026-0001\n"


def test_a_bad_step_is_found_for_ever(tmp_path: Path) -> None:
    played, _ = play(BAD_STEP + MENDED, tmp_path / "repo")
    assert [finding.rule for finding in played.proof().findings] == ["approved-bytes-changed"]


def test_an_approved_deviation_settles_it_in_plain_sight(tmp_path: Path) -> None:
    approved = SETTLING + "anna approves sms/deviations.yml\nmerge\n"
    played, _ = play(BAD_STEP + approved + MENDED, tmp_path / "repo")
    proof = played.proof()
    assert proof.proven
    assert [(finding.rule, ncr) for finding, ncr in proof.settled] == [
        ("approved-bytes-changed", "NCR-2026-0001")
    ]
    report = proof_text.text(proof)
    assert "Settled by a nonconformity" in report
    assert "NCR-2026-0001" in report


def test_nobody_settles_without_approval(tmp_path: Path) -> None:
    played, _ = play(BAD_STEP + SETTLING + "merge\n" + MENDED, tmp_path / "repo")
    found = {finding.rule for finding in played.proof().findings}
    assert found == {"approved-bytes-changed", "policy-unapproved"}
