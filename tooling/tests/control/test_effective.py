"""What readers get: the revision in force, whatever lies on the main branch."""

from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.control.effective import effective_repo
from smsrepo.control.tally import tally

TODAY = date(2026, 3, 1)
# (scenario, day, text of POL-001 that readers get, its state, its newer revision)
CASES = {
    "as control began": ("", TODAY, "We serve.", "effective", ""),
    "a newer draft": ("bob drafts POL-001 1.1: Better.\nmerge", TODAY, "We serve.", "effective", "1.1, draft"),
    "in review": ("bob issues POL-001 1.1: Better.\nmerge", TODAY, "We serve.", "effective", "1.1, in review"),
    "approved": ("bob issues POL-001 1.1: Better.\nanna approves POL-001\nmerge", TODAY, "Better.", "effective", ""),
    "to come": (
        "bob issues POL-001 1.1 effective_from=2027-01-01: Better.\nanna approves POL-001\nmerge",
        TODAY, "We serve.", "effective", "1.1, approved",
    ),
    "come": (
        "bob issues POL-001 1.1 effective_from=2027-01-01: Better.\nanna approves POL-001\nmerge",
        date(2027, 1, 1), "Better.", "effective", "",
    ),
    "before it was approved": (
        "on 2026-02-01\nbob issues POL-001 1.1: Better.\nanna approves POL-001\nmerge",
        date(2026, 1, 31), "We serve.", "effective", "",
    ),
    "deleted by mistake": ("bob deletes POL-001\nmerge", TODAY, "We serve.", "effective", ""),
    "withdrawn": (
        "bob withdraws POL-001 1.1\nanna approves withdrawal of POL-001\nmerge", TODAY, "We serve.", "obsolete", "",
    ),
    "changed without a new revision": ("bob edits POL-001: Worse.\nmerge", TODAY, "We serve.", "effective", ""),
    "moved": ("bob moves policies/POL-001-policy.md to policies/main/POL-001-policy.md\nmerge", TODAY, "We serve.", "effective", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day", "body", "state", "newest"), CASES.values(), ids=CASES)
def test_readers_get(text: str, day: date, body: str, state: str, newest: str, tmp_path: Path) -> None:
    played, _ = play(text, tmp_path / "repo")
    played.repo.switch("main")
    repo, *_ = effective_repo(played.repo.path, day, TODAY)
    found = repo.by_id["POL-001"]
    assert found.body.strip().endswith(body)
    assert found.proven is not None
    assert (found.proven.state, found.proven.newest) == (state, newest)


# (scenario, whether the main branch holds other content without a higher number)
ALTERED = {
    "as it was": ("", False),
    "a newer revision": ("bob issues POL-001 1.1: Better.\nmerge", False),
    "the same number": ("bob edits POL-001: Worse.\nmerge", True),
    "a lower number": ("bob drafts POL-001 0.9: Worse.\nmerge", True),
    "put right by a newer one": ("bob edits POL-001: Worse.\nmerge\nbob issues POL-001 1.1: Better.\nmerge", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "altered"), ALTERED.values(), ids=ALTERED)
def test_other_content_without_a_higher_number_is_no_newer_revision(
    text: str, altered: bool, tmp_path: Path
) -> None:
    played, _ = play(text, tmp_path / "repo")
    played.repo.switch("main")
    repo, _, _, register = effective_repo(played.repo.path, TODAY, TODAY)
    proven = repo.by_id["POL-001"].proven
    assert proven
    assert register
    assert proven.altered is altered
    if altered:
        assert (proven.newest, tally(register, TODAY).newer.total()) == ("", 0)


def test_a_document_that_did_not_exist_yet_is_left_out(tmp_path: Path) -> None:
    text = "on 2026-02-01\nbob adds POL-003 as policy-change in policies/POL-003-more.md\nanna approves POL-003\nmerge"
    played, _ = play(text, tmp_path / "repo")
    played.repo.switch("main")
    assert "POL-003" not in effective_repo(played.repo.path, date(2026, 1, 31), TODAY)[0].by_id
    assert "POL-003" in effective_repo(played.repo.path, date(2026, 2, 1), TODAY)[0].by_id


def test_what_is_not_committed_is_in_force_for_nobody(tmp_path: Path) -> None:
    played, _ = play("", tmp_path / "repo")
    path = played.repo.path / "policies/POL-001-policy.md"
    path.write_text(path.read_text().replace("We serve.", "I serve."))
    (path.parent / "POL-009-new.md").write_text(path.read_text().replace("POL-001", "POL-009"))
    repo, *_ = effective_repo(played.repo.path, TODAY, TODAY)
    assert "We serve." in repo.by_id["POL-001"].body
    proven = repo.by_id["POL-009"].proven
    assert proven is not None
    assert (proven.state, proven.in_force) == ("not committed", False)


def test_the_proof_is_of_the_file_that_was_approved(tmp_path: Path) -> None:
    text = "mallory adds POL-001 as policy-service-management in policies/POL-000-mine.md status=issued: Obey Mallory.\nmerge"
    played, _ = play(text, tmp_path / "repo")
    played.repo.switch("main")
    repo, *_ = effective_repo(played.repo.path, TODAY, TODAY)
    told = {a.path: (a.proven.state, a.proven.in_force, a.body.strip()[-13:]) for a in repo.artefacts
            if a.id == "POL-001" and a.proven}  # fmt: skip
    assert told == {
        "policies/POL-000-mine.md": ("not approved", False, "Obey Mallory."),
        "policies/POL-001-policy.md": ("effective", True, "cy\n\nWe serve."),
    }


DRAWN = """
bob writes policies/plan.svg: approved
bob issues POL-001 1.1 attachments=[plan.svg]: See ![the plan](plan.svg).
anna approves POL-001
merge
"""
# what happens to the drawing afterwards: in the history, or only on disk
DRAWINGS = {
    "as it was": ("", None),
    "a newer draft": (
        "bob writes policies/plan.svg: drafted\nbob drafts POL-001 1.2: See ![the plan](plan.svg) there.\nmerge",
        None,
    ),
    "deleted": ("bob deletes policies/plan.svg\nmerge", None),
    "altered on disk": ("", "altered"),
}


@pytest.mark.parametrize(("text", "altered"), DRAWINGS.values(), ids=DRAWINGS)
def test_what_is_attached_is_as_it_was_approved(text: str, altered: str | None, tmp_path: Path) -> None:
    played, _ = play(DRAWN + text, tmp_path / "repo")
    played.repo.switch("main")
    if altered:
        played.repo.write("policies/plan.svg", altered)
    repo, _, attached, _ = effective_repo(played.repo.path, TODAY, TODAY)
    assert "policies/plan.svg" in repo.paths
    assert dict(attached) == {"policies/plan.svg": b"approved\n"}


def test_settings_count_as_approved(tmp_path: Path) -> None:
    """What readers see of roles and settings is what applies, not what somebody merged or typed."""
    played, _ = play(
        "mallory sets sms/waivers.yml waivers to []\nmallory writes sms/deviations.yml: deviations: []\nmallory sets sms/sms.yml organisation.name to Mallory's\nmerge",
        tmp_path / "repo",
    )
    played.repo.switch("main")
    people = played.repo.path / "sms/people.yml"
    people.write_text(people.read_text().replace("Anna Nowak", "Mallory Nowak"))
    repo = effective_repo(played.repo.path, TODAY, TODAY)[0]
    assert repo.setting("sms/sms.yml")["organisation"]["name"] == "Example Organisation"
    assert repo.setting("sms/people.yml")["people"][0]["name"] == "Anna Nowak"
    assert "sms/deviations.yml" not in repo.settings


REWRITTEN = {
    "the major revision itself": ("on 2026-02-10\nbob issues POL-001 2.0: Anew.\nanna approves POL-001\nmerge", date(2026, 2, 10)),
    "a minor revision after it": (
        "on 2026-02-10\nbob issues POL-001 2.0: Anew.\nanna approves POL-001\nmerge\n"
        "on 2026-02-20\nbob issues POL-001 2.1: Better.\nanna approves POL-001\nmerge",
        date(2026, 2, 10),
    ),
    "as control began": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), REWRITTEN.values(), ids=REWRITTEN)
def test_a_minor_revision_does_not_rewrite_a_document(text: str, day: date | None, tmp_path: Path) -> None:
    play(text, tmp_path / "repo")
    repo, *_ = effective_repo(tmp_path / "repo", TODAY, TODAY)
    policy = repo.by_id["POL-001"]
    assert policy.proven
    assert policy.proven.rewritten == day
