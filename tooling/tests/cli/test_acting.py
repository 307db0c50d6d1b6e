"""People sign: what they may, with their own keys, and what they signed counts when it is merged."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import scenario, small_sms
from support.cli import Ran, sms
from support.gitrepo import GitRepo
from support.scenario import Play, play
from support.signing import SigningKey

from smsrepo.check.catalogue import built_in
from smsrepo.check.verify import verify
from smsrepo.cli import clock
from smsrepo.control import statement
from smsrepo.control.replay import Replay
from smsrepo.control.signers import signers_of
from smsrepo.load.history import load_history
from smsrepo.load.yaml_dialect import parse
from smsrepo.pack.yaml_text import dump


@dataclass
class Office:
    """A scenario in which people run `sms` themselves, each with their own home, git identity and key."""

    play: Play
    home: Path
    patch: pytest.MonkeyPatch

    @property
    def path(self) -> Path:
        return self.play.repo.path

    def go(self, *lines: str) -> None:
        """More lines of the scenario."""
        for line in lines:
            self.play.now += timedelta(minutes=1)
            scenario.act(self.play, line)

    def sms(self, who: str, *arguments: str | Path, typed: str | None = None, key: str | None = "") -> Ran:
        """What `sms` answers to a person; `key` is whose key lies in their home (None: no key at all)."""
        self.play.now += timedelta(minutes=1)
        now = self.play.now
        self.patch.setattr(clock, "now", lambda: now)
        for role in ("AUTHOR", "COMMITTER"):
            self.patch.setenv(f"GIT_{role}_DATE", self.play.when())
        mail = small_sms.mail(who).capitalize()  # the case of letters does not matter
        (self.home / ".gitconfig").write_text(f"[user]\n\tname = {small_sms.PEOPLE[who]}\n\temail = {mail}\n")
        for file in (self.home / ".ssh").iterdir():
            file.unlink()
        if key is not None:
            self.key(key or who, self.home / ".ssh/id_ed25519")
        return sms(*arguments, cwd=self.path, typed=typed)

    def key(self, of: str, path: Path) -> Path:
        small_sms.key(of).write(path)
        path.with_name(f"{path.name}.pub").write_text(f"{small_sms.key(of).public} somebody\n")
        return path

    def approvals(self) -> list[str]:
        folder = self.path / "sms/approvals"
        return sorted(f.relative_to(self.path).as_posix() for f in folder.rglob("*") if f.is_file())

    def status(self) -> str:
        return self.play.repo.git("status", "--porcelain", "--untracked-files=all")

    def findings(self) -> list[str]:
        history = load_history(self.path, self.play.repo.git("rev-parse", "main"))
        return [
            f"{f.rule}: {f.message}"
            for f in verify(history, built_in().values(), self.play.now.date(), self.play.now.date()).findings
        ]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Office]:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    for name in [n for n in os.environ if n.startswith(("GIT_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def opened(*lines: str) -> Office:
        played, _ = play("\n".join(lines), tmp_path / "repo")
        return Office(played, home, monkeypatch)

    return opened


ISSUED = "bob issues POL-001 1.1: We serve you well."


def test_what_is_approved_counts_when_it_is_merged(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    ran = here.sms("anna", "approve", "--commit", typed="y\n")
    assert ran.code == 0, ran.err
    assert "{+" in ran.out
    assert "Sign as Anna Nowak, top-management? [y/N]" in ran.out
    assert "Approve POL-001 1.1 as top-management" in ran.out
    assert here.status() == ""
    made = here.play.repo.git("show", "--format=%s", "--name-only", "HEAD").split("\n\n")
    assert made[0] == "Approve POL-001 1.1 as top-management"
    assert made[1].splitlines() == here.approvals()
    assert [len(here.approvals()), here.approvals()[1]] == [2, f"{here.approvals()[0]}.sig"]
    here.go("merge", "POL-001 is effective 1.1")
    assert here.findings() == []


def test_an_auditor_needs_none_of_our_software(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office(ISSUED)
    assert here.sms("anna", "approve", "POL-001", "--yes").code == 0
    file, signature = here.approvals()
    assert here.status().splitlines() == [f"?? {file}", f"?? {signature}"]
    signers = tmp_path / "signers"
    signers.write_text(signers_of(here.play.replay().policy.settings))
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        signers,
        "-I",
        "anna-nowak",
        "-n",
        "smsrepo-approval@v1",
        "-s",
        here.path / signature,
    ]
    done = subprocess.run(command, input=(here.path / file).read_bytes(), capture_output=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("typed", "arguments", "words"),
    [
        ("n\n", (), "nothing was signed"),
        ("\n", (), "nothing was signed"),
        (None, (), "there is nobody to ask"),
        (None, ("--commit",), "Add --yes"),
    ],
)
def test_nobody_signs_without_a_yes(
    office: Callable[..., Office], typed: str | None, arguments: tuple[str, ...], words: str
) -> None:
    here = office(ISSUED)
    ran = here.sms("anna", "approve", *arguments, typed=typed)
    assert ran.code == 2
    assert words in ran.err
    assert here.approvals() == []
    assert here.status() == ""


REFUSED = [
    ("wrote it", [ISSUED.replace("bob", "anna")], "anna", "POL-001", "wrote part of it and cannot approve it", "Erik Roth"),
    ("no role for it", [ISSUED], "dora", "POL-001", "an approval as top-management (Anna Nowak or Erik Roth) is missing; Dora Elm holds no role that decides it", "Ask"),
    ("no role at all", [ISSUED], "mallory", "POL-001", "Mallory Fox holds no role at all", "Ask"),
    ("a draft", ["bob drafts POL-001 1.1: We serve."], "anna", "POL-001", "POL-001 1.1 is a draft", "status: issued"),
    ("approved by another", [ISSUED, "erik approves POL-001"], "anna", "POL-001", "is approved already", "sms revoke"),
    ("taken over and approved since", ["anna approves POL-002"], "anna", "POL-002", "taken over as approved when control began", "sms revoke"),
    ("a withdrawal", ["bob withdraws POL-001 2.0"], "anna", "POL-001", "withdraws the document", "sms withdraw POL-001"),
    ("unknown", [ISSUED], "anna", "POL-01", "there is no POL-01", "Did you mean `POL-001`"),
    ("a record", [ISSUED], "anna", "INC-2026-0001", "no disposal names INC-2026-0001", "sms dispose INC-2026-0001"),
    ("no such change", [ISSUED], "anna", "sms/control.yml", "no change of sms/control.yml waits", "Commit it"),
    ("not top management", ["bob sets sms/control.yml policy.persons to 2"], "carol", "sms/control.yml", "Carol Diaz holds no role that decides it", "Anna Nowak"),
    ("wrote the policy", ["anna sets sms/control.yml policy.persons to 2"], "anna", "sms/control.yml", "wrote part of it", "Erik Roth"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "who", "name", "words", "hint"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_approval_refused(
    office: Callable[..., Office], lines: list[str], who: str, name: str, words: str, hint: str
) -> None:
    here = office(*lines)
    before = here.approvals()
    ran = here.sms(who, "approve", name, "--yes", "--commit")
    assert ran.code == 2
    assert words in ran.err
    assert hint in ran.err
    assert here.approvals() == before
    assert here.status() == ""


def test_one_refusal_stops_all(office: Callable[..., Office]) -> None:
    here = office(ISSUED, "bob drafts POL-002 1.1: Care.")
    ran = here.sms("anna", "approve", "POL-001", "POL-002", "--yes")
    assert (ran.code, here.approvals()) == (2, [])
    assert "POL-002 1.1 is a draft" in ran.err
    ran = here.sms("anna", "approve", "POL-002", "INC-2026-0001", "--yes")
    assert "for 2 reasons" in ran.err
    assert "no disposal names INC-2026-0001" in ran.err


def test_what_was_taken_over_is_approved_afterwards(office: Callable[..., Office]) -> None:
    here = office()
    assert "approved by taken over" in " ".join(here.sms("anna", "status", "POL-002").out.split())
    assert here.sms("anna", "approve", "POL-002", "--yes", "--commit").code == 0
    told = " ".join(here.sms("anna", "status", "POL-002").out.split())
    assert "Anna Nowak" in told and "when document control began" in told


def test_what_is_not_committed_is_not_approved(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    file = here.path / "policies/POL-001-policy.md"
    file.write_text(file.read_text() + "\nOne more thing.\n")
    ran = here.sms("anna", "approve", "POL-001", "--yes")
    assert (ran.code, here.approvals()) == (2, [])
    assert "policies/POL-001-policy.md has changes that are not committed" in ran.err
    assert "Nothing waits" in here.sms("anna", "approve", "--yes").out
    (here.path / "policies/POL-009-new.md").write_text(file.read_text().replace("POL-001", "POL-009"))
    assert "POL-009 is not committed" in here.sms("anna", "approve", "POL-009", "--yes").err


def test_line_ends_of_windows_are_no_change(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    here.play.repo.git("config", "core.autocrlf", "true")
    for file in here.path.rglob("*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert here.sms("anna", "approve", "POL-001", "--yes", "--commit").code == 0
    here.play.repo.git("reset", "--hard")
    here.go("merge", "POL-001 is effective 1.1")
    assert here.findings() == []


def test_a_conflict_with_main_is_told(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    here.play.repo.git("branch", "-m", "change", "other")
    here.play.repo.switch("main")
    here.go("bob issues POL-001 1.1: Something else.", "merge")
    here.play.repo.switch("other")
    ran = here.sms("anna", "approve", "POL-001", "--yes")
    assert ran.code == 2
    assert "does not merge: policies/POL-001-policy.md" in ran.err


def test_a_document_that_only_main_has_is_not_approved_unseen(office: Callable[..., Office]) -> None:
    here = office("bob drafts POL-002 1.1: Care.")
    here.play.repo.git("branch", "-m", "change", "other")
    here.play.repo.switch("main")
    here.go(ISSUED)
    here.play.repo.switch("main")
    here.play.repo.merge("change", author=small_sms.identity("bob"), when=here.play.when())
    here.play.repo.switch("other")
    ran = here.sms("anna", "approve", "POL-001", "--yes")
    assert "would have other bytes on the main branch than it has here" in ran.err
    here.play.repo.switch("main")
    assert here.sms("anna", "approve", "POL-001", "--yes", "--commit").code == 0
    here.go("POL-001 is effective 1.1")


def test_what_would_not_count_after_the_merge_is_not_written(office: Callable[..., Office]) -> None:
    """On the branch 1.1 is approved already; when both arrive together it is not, so 1.2 would follow another revision."""
    here = office(ISSUED, "merge", "anna approves POL-001", "bob issues POL-001 1.2: We serve you better.")
    assert "nothing was written, for it would not count: POL-001 1.2" in office_refusal(
        here, "erik", "approve", "POL-001"
    )


def test_a_file_that_is_no_document_any_more(office: Callable[..., Office]) -> None:
    here = office("bob edits POL-001 type=policy-of-dreams")
    assert "POL-001 is not there as a document" in office_refusal(here, "anna", "approve", "POL-001")
    assert "sms check" in office_refusal(here, "anna", "approve", "POL-001")


def test_paths_count_from_the_folder_that_is_named(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office(ISSUED)
    here.key("anna", here.path / ".git/mine")
    user(here.home, small_sms.mail("anna"))
    here.patch.setattr(clock, "now", lambda: here.play.now)
    ran = sms("-C", here.path, "approve", "--yes", "--key", ".git/mine", cwd=tmp_path)
    assert ran.code == 0, ran.err


def test_control_characters_do_not_reach_the_terminal(office: Callable[..., Office]) -> None:
    here = office("bob writes tooling/rules/trick.py: print()\x1b[2K\u202e")
    ran = here.sms("anna", "approve", "--yes")
    assert ran.code == 0, ran.err
    assert "print()<U+001B>[2K<U+202E>" in ran.out


def test_someone_with_two_roles_signs_for_each(office: Callable[..., Office]) -> None:
    here = office("bob issues POL-002 2.0 classification=confidential: Secret.")
    ran = here.sms("erik", "approve", "--yes", "--commit")
    assert ran.code == 0, ran.err
    assert len(here.approvals()) == 4
    assert "as top-management; " in here.play.repo.git("show", "--format=%s", "--no-patch")
    again = here.sms("erik", "approve", "POL-002", "--yes")
    assert "Erik Roth has approved it already; 1 further person must approve" in again.err
    assert here.sms("carol", "approve", "--yes", "--commit").code == 0
    here.go("merge", "POL-002 is effective 2.0")
    assert here.findings() == []


def test_one_person_is_enough_where_one_person_is_asked_for(office: Callable[..., Office]) -> None:
    here = office(
        "anna sets sms/control.yml approvals[0].approvers to [top-management, management-representative]",
        "erik approves sms/control.yml", "merge", ISSUED,
    )  # fmt: skip
    one = here.sms("erik", "approve", "POL-001", "--role", "top-management", "--yes", "--commit")
    assert (one.code, len(here.approvals())) == (0, 4)
    assert here.sms("erik", "approve", "POL-001", "--yes", "--commit").code == 0
    here.go("merge", "POL-001 is effective 1.1")
    assert here.findings() == []


def test_a_role_is_chosen_where_several_fit(office: Callable[..., Office]) -> None:
    here = office("bob issues POL-002 2.0 classification=confidential: Secret.")
    ran = here.sms("erik", "reject", "POL-002", "--reason", "Not yet.", "--yes")
    assert "several of your roles fit: top-management, management-representative" in ran.err
    wrong = here.sms("erik", "reject", "POL-002", "--reason", "No.", "--role", "service-owner", "--yes")
    assert "Erik Roth does not hold the role service-owner" in wrong.err
    ran = here.sms(
        "erik", "reject", "POL-002", "--reason", "Not yet.", "--role", "top-management", "--yes", "--commit"
    )
    assert ran.code == 0, ran.err
    assert statement.read((here.path / here.approvals()[0]).read_bytes()).reason == "Not yet."
    blocked = here.sms("anna", "approve", "POL-002", "--yes", "--commit")
    assert blocked.code == 0  # what Anna thinks is one thing; Erik's rejection still stands
    here.go("merge", "POL-002 is in review 2.0")


def test_whoever_rejected_may_change_their_mind(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    assert here.sms("anna", "reject", "POL-001", "--reason", "Too long.", "--yes", "--commit").code == 0
    assert here.sms("anna", "approve", "--yes", "--commit").code == 0
    here.go("merge", "POL-001 is effective 1.1")


# name, what is on the branch, who signs, what, and a part of why the gate would stay closed
IN_VAIN = [
    ("same number", ["bob edits POL-001: We serve otherwise."], "anna", "approve POL-001", "approved-bytes-changed"),
    ("a number is left out", ["bob issues POL-001 1.5: We serve."], "anna", "approve POL-001", "revision-out-of-order"),
    ("a day gone by", ["bob issues POL-001 1.1 effective_from=2025-12-01: We."], "anna", "approve POL-001", "effective-before-approval"),
    ("policy as well", [ISSUED, "bob sets sms/control.yml policy.persons to 2"], "anna", "approve", "policy-mixed-with-documents"),
    ("withdrawn in place", ["bob edits POL-001 status=obsolete"], "anna", "withdraw POL-001", "approved-bytes-changed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "who", "command", "words"), [case[1:] for case in IN_VAIN], ids=[case[0] for case in IN_VAIN]
)
def test_nobody_signs_what_the_gate_would_refuse(
    office: Callable[..., Office], lines: list[str], who: str, command: str, words: str
) -> None:
    refused = office_refusal(office(*lines), who, *command.split())
    assert "the gate would stay closed, so nothing was signed" in refused
    assert words in refused


MENDED = "bob issues POL-001 1.1: We serve you better."


@pytest.mark.parametrize("decided", [("approve",), ("reject", "POL-001", "--reason", "Too short.")])
def test_what_is_mended_is_decided_anew(office: Callable[..., Office], decided: tuple[str, ...]) -> None:
    here = office(ISSUED)
    assert here.sms("anna", *decided, "--yes", "--commit").code == 0
    old = here.approvals()
    here.go(MENDED)
    assert "git rm" in here.sms("anna", "gate", "--history-only").out
    ran = here.sms("anna", "approve", "POL-001", "--yes", "--commit")
    assert ran.code == 0, ran.err
    assert "Removed, for it is about other bytes than those proposed now" in ran.out
    assert not set(old) & set(here.approvals())
    assert here.status() == ""
    assert here.sms("anna", "gate", "--history-only").code == 0
    here.go("merge", "POL-001 is effective 1.1")
    assert here.findings() == []


def test_what_was_approved_together_is_approved_together_again(office: Callable[..., Office]) -> None:
    here = office(ISSUED, "bob issues POL-002 1.1: Care.")
    assert here.sms("anna", "approve", "--yes", "--commit").code == 0
    here.go(MENDED)
    assert here.sms("anna", "approve", "POL-001", "--yes", "--commit").code == 0
    here.go("merge", "POL-001 is effective 1.1", "POL-002 is effective 1.1")
    assert here.findings() == []


def test_decisions_of_others_and_those_on_main_stay(office: Callable[..., Office]) -> None:
    here = office(ISSUED, "erik approves POL-001", "anna rejects POL-001", "merge")
    kept = here.approvals()
    here.go("bob issues POL-001 1.2: We serve you best.")
    assert here.sms("anna", "approve", "--yes", "--commit").code == 0
    assert set(kept) < set(here.approvals())


def test_what_is_left_out_is_told(office: Callable[..., Office]) -> None:
    here = office(ISSUED.replace("bob", "anna"))
    ran = here.sms("anna", "approve", "--yes")
    assert "Nothing waits for an approval by Anna Nowak." in ran.out
    assert "Left out: POL-001 1.1: Anna Nowak wrote part of it and cannot approve it" in ran.out
    assert "It can be done by Erik Roth." in ran.out


def test_a_policy_change_is_approved_by_its_path(office: Callable[..., Office]) -> None:
    here = office('bob sets sms/people.yml people[bob-berg].keys[0].to to "2026-01-09"')
    ran = here.sms("anna", "approve", "--yes", "--commit")
    assert ran.code == 0, ran.err
    assert "sms/people.yml" in ran.out
    assert "2026-01-09" in ran.out
    here.go("merge")
    assert here.findings() == []
    assert here.play.replay().policy.settings.people["bob-berg"].keys[0].end is not None


def test_documents_are_withdrawn(office: Callable[..., Office]) -> None:
    here = office("bob withdraws POL-001 2.0")
    assert "sms withdraw POL-001" in here.sms("anna", "approve", "--yes").out
    assert "POL-002 1.0 does not withdraw the document" in office_refusal(here, "anna", "withdraw", "POL-002")
    assert here.sms("anna", "withdraw", "POL-001", "--yes", "--commit").code == 0
    here.go("merge", "POL-001 is obsolete 2.0")
    assert here.findings() == []


def office_refusal(here: Office, who: str, *arguments: str) -> str:
    before = (here.approvals(), here.status())
    ran = here.sms(who, *arguments, "--yes")
    assert ran.code == 2, ran.out
    assert (here.approvals(), here.status()) == before
    return ran.err


def test_reviews_are_recorded_by_owner_or_approver(office: Callable[..., Office]) -> None:
    here = office()
    assert (
        "this is decided by sms-manager or top-management; Dora Elm holds no role that decides it"
        in office_refusal(here, "dora", "review", "POL-001")
    )
    assert here.sms("bob", "review", "POL-001", "POL-002", "--yes", "--commit").code == 0
    assert len(here.approvals()) == 2
    assert here.findings() == []
    assert len(here.play.replay().lineages["POL-002"].reviews) == 1


def test_reading_is_confirmed_once(office: Callable[..., Office]) -> None:
    here = office(ISSUED)  # what is not approved yet does not matter to whoever reads what is in force
    assert here.sms("mallory", "acknowledge", "POL-001", "--yes", "--commit").code == 0
    here.go("merge")
    assert here.play.replay().lineages["POL-001"].revisions[0].acts[0].person == "mallory-fox"
    here.go("bob drafts POL-002 1.1: Care.")
    assert "Mallory Fox acknowledged POL-001 1.0 on 2026-01-10" in office_refusal(
        here, "mallory", "acknowledge", "POL-001"
    )


def test_an_approval_is_taken_back(office: Callable[..., Office]) -> None:
    here = office(ISSUED, "anna approves POL-001", "merge")
    assert "was never given" in office_refusal_of_draft(here)
    assert here.sms("anna", "revoke", "POL-001", "--reason", "Wrong.", "--yes", "--commit").code == 0
    here.go("POL-001 is revoked 1.1", "POL-001 is effective 1.0")
    assert "has no revision 7.0" in office_refusal(
        here, "anna", "revoke", "POL-001@7.0", "--reason", "Wrong."
    )
    assert "was taken back already" in office_refusal(
        here, "anna", "revoke", "POL-001@1.1", "--reason", "Wrong."
    )


def office_refusal_of_draft(here: Office) -> str:
    here.go("bob issues POL-002 1.1: Care.", "merge")
    return office_refusal(here, "anna", "revoke", "POL-002@1.1", "--reason", "Wrong.")


# --- records that go --------------------------------------------------------------------------------------------

CLOSED = "sms/records/incidents/INC-2026-0002-mail.yml"


def test_records_go_when_their_time_is_over(office: Callable[..., Office]) -> None:
    here = office("on 2027-02-01", "bob drafts POL-001 1.1: We serve.")
    ran = here.sms("bob", "dispose", "INC-2026-0002", "--reason", "A year is over.", "--commit")
    assert ran.code == 0, ran.err
    assert (
        "to be approved as management-representative (Carol Diaz, Erik Roth): sms approve DSP-2027-0001"
        in ran.out
    )
    disposal = here.play.repo.git("ls-files", "sms/records/disposals")
    changed = here.play.repo.git("show", "--format=", "--name-status", "--no-renames").splitlines()
    assert sorted(changed) == [f"A\t{disposal}", f"D\t{CLOSED}"]
    assert not (here.path / CLOSED).exists()
    assert here.status() == ""
    assert "no role that decides it" in office_refusal(here, "bob", "approve", "DSP-2027-0001")
    ran = here.sms("carol", "approve", "--yes", "--commit")
    assert ran.code == 0, ran.err
    assert "Approve the disposal of INC-2026-0002 as management-representative" in ran.out
    assert "approved already" in office_refusal(here, "erik", "approve", "DSP-2027-0001")
    here.go("merge")
    assert [f for f in here.findings() if not f.startswith("review-overdue")] == []


HOLD = "title=Claim status=open recorded_on=2026-01-10 recorded_by=bob-berg reason=Claim ordered_by=anna-nowak from=2026-01-10"


@pytest.mark.parametrize(
    ("lines", "record", "words"),
    [
        ([], "INC-2026-0002", "INC-2026-0002 is kept until 2027-01-0"),
        (["on 2028-01-01"], "INC-2026-0001", "INC-2026-0001 is still open"),
        ([f"bob adds HLD-2026-0001 as legal-hold in sms/records/legal-holds/HLD-2026-0001-claim.yml records=[INC-2026-0002] {HOLD}",
          "merge", "on 2028-01-01"], "INC-2026-0002", "under the legal hold HLD-2026-0001"),
        ([], "POL-001", "POL-001 is a document"),
        ([], "INC-2026-0003", "there is no record INC-2026-0003"),
    ],
)  # fmt: skip
def test_records_that_stay(office: Callable[..., Office], lines: list[str], record: str, words: str) -> None:
    here = office(*lines)
    ran = here.sms("bob", "dispose", record, "INC-2026-0002", "--reason", "Tidy.", "--commit")
    assert ran.code == 2
    assert words in ran.err
    assert (here.status(), (here.path / CLOSED).exists()) == ("", True)


# --- keys -------------------------------------------------------------------------------------------------------


def key_settings(name: str) -> str:
    return f"people[{small_sms.person_id(name)}].keys[0]"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('to to "2026-01-09"', "its key was valid from 2025-12-01 to 2026-01-09"),
        ('compromised_on to "2026-01-09"', "may have been in other hands since 2026-01-09"),
        ('from to "2026-02-01"', "its key was valid from 2026-02-01"),
    ],
)
def test_keys_that_do_not_count_today(office: Callable[..., Office], change: str, words: str) -> None:
    here = office(
        f"bob sets sms/people.yml {key_settings('anna')}.{change}",
        "erik approves sms/people.yml",
        "merge",
        ISSUED,
    )
    assert words in office_refusal(here, "anna", "approve", "POL-001")


def test_a_key_that_only_this_branch_brings_does_not_count(office: Callable[..., Office]) -> None:
    new = SigningKey.new("annas new one")
    here = office(f"bob sets sms/people.yml {key_settings('anna')}.key to {new.public}")
    file = new.write(here.home / "new")
    assert "this is no key of Anna Nowak in sms/people.yml, as it is approved" in office_refusal(
        here, "anna", "approve", "sms/people.yml", "--key", str(file)
    )


def test_somebody_elses_key_is_refused_before_it_signs(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office(ISSUED)
    wrong = here.key("mallory", tmp_path / "wrong")
    assert "/wrong cannot sign: this is no key of Anna Nowak" in office_refusal(
        here, "anna", "approve", "POL-001", "--key", str(wrong)
    )
    assert (
        "id_ed25519.pub cannot sign: this is no key"
        in here.sms("anna", "approve", "POL-001", "--yes", key="mallory").err
    )
    assert "no key of Anna Nowak was found" in here.sms("anna", "approve", "POL-001", "--yes", key=None).err
    assert "there is no key file" in office_refusal(here, "anna", "approve", "POL-001", "--key", "none")
    assert here.approvals() == []


def test_a_key_is_named_or_found(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office(ISSUED)
    file = here.key("anna", tmp_path / "mine")
    assert here.sms("anna", "approve", "--yes", "--key", file, key=None).code == 0
    for made in here.approvals():
        (here.path / made).unlink()
    here.play.repo.git("config", "user.signingkey", str(file))
    assert here.sms("anna", "approve", "--yes", "--commit", key="mallory").code == 0
    here.go("merge", "POL-001 is effective 1.1")


def test_nothing_is_half_written(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office(ISSUED)
    file = here.key("anna", tmp_path / "mine")
    file.unlink()  # the public half says that it is hers; nothing holds the private one
    refused = office_refusal(here, "anna", "approve", "POL-001", "--key", str(file.with_name("mine.pub")))
    assert "nothing holds the private half" in refused
    assert not (here.path / "sms/approvals").exists()


@pytest.fixture
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    socket = tmp_path_factory.mktemp("a") / "s"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 5
        while not socket.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        yield socket
    finally:
        process.terminate()
        process.wait()


@pytest.mark.parametrize("where", ["literal in git's settings", "a public file", "only the agent"])
def test_an_agent_signs(
    office: Callable[..., Office], agent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    here = office(ISSUED)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
    file = here.key("anna", tmp_path / "mine")
    subprocess.run(["ssh-add", "-q", file], check=True, stderr=subprocess.DEVNULL)
    file.unlink()
    options: list[str | Path] = []
    if where == "literal in git's settings":
        here.play.repo.git("config", "user.signingkey", f"key::{small_sms.key('anna').public}")
    elif where == "a public file":
        options = ["--key", tmp_path / "mine.pub"]
    ran = here.sms("anna", "approve", "--yes", "--commit", *options, key=None)
    assert ran.code == 0, ran.err
    here.go("merge", "POL-001 is effective 1.1")
    assert here.findings() == []


@pytest.mark.parametrize(
    ("named", "mail", "words"),
    [
        (None, "", "git does not know who you are"),
        (None, "stranger@example.org", "has the mail address stranger@example.org"),
        ("anna-novak", "", "Did you mean `anna-nowak`"),
        ("bob-berg", "", "cannot approve"),
        ("anna-nowak", "stranger@example.org", ""),
    ],
)
def test_who_am_i(office: Callable[..., Office], named: str | None, mail: str, words: str) -> None:
    here = office(ISSUED)
    if named == "bob-berg":
        words = "Bob Berg holds no role that decides it"
    here.sms("anna", "approve")
    (here.home / ".gitconfig").write_text(f"[user]\n\tname = Somebody\n\temail = {mail}\n" if mail else "")
    ran = sms("approve", "POL-001", "--yes", *(("--as", named) if named else ()), cwd=here.path)
    assert words in ran.err
    assert ran.code == (2 if words else 0)


def test_without_history_or_control(office: Callable[..., Office], tmp_path: Path) -> None:
    user(office().home, small_sms.mail("anna"))
    repo = GitRepo.new(tmp_path / "new")
    for path, text in small_sms.files().items():
        repo.write(path, text)
    ran = sms("approve", cwd=repo.path)
    assert ran.code == 3
    assert "there is no git history here" in ran.err
    repo.commit("First")
    ran = sms("approve", cwd=repo.path)
    assert ran.code == 2
    assert "document control has not begun" in ran.err
    assert "sms begin" in ran.err


# --- begin ------------------------------------------------------------------------------------------------------


def user(home: Path, mail: str) -> None:
    (home / ".gitconfig").write_text(f"[user]\n\tname = Somebody\n\temail = {mail}\n")


@pytest.fixture
def uncontrolled(example: Path) -> Path:
    """The demonstration without its past, as if nobody had begun to control it."""
    shutil.rmtree(example / ".git")
    shutil.rmtree(example / "sms/approvals", ignore_errors=True)
    (example / "sms/genesis.yml").unlink(missing_ok=True)
    GitRepo.new(example).commit("First", when=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return example


def test_control_begins_with_what_is_committed(
    office: Callable[..., Office], uncontrolled: Path, tmp_path: Path
) -> None:
    user(tmp_path / "home", "ingrid.solheim@harbourline.example")
    repo = GitRepo(uncontrolled)
    (uncontrolled / ".gitignore").write_text("*.bak\n")
    (uncontrolled / "sms/notes.bak").write_text("ignored")
    (uncontrolled / "policies/figure.svg").write_text("<svg/>")
    (uncontrolled / "policies/figure.svg").chmod(0o755)
    people = parse((uncontrolled / "sms/people.yml").read_text())
    for person in people["people"]:
        person.pop("keys", None)
    (uncontrolled / "sms/people.yml").write_text(dump(people))
    repo.commit("More", when=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    begin = ("begin", "--statement", "Approved on paper.", "--commit")
    locked = sms(*begin, cwd=uncontrolled)
    assert locked.code == 2
    assert "nobody could ever approve anything, not even a key" in locked.err
    ran = sms(*begin, "--anyway", "--as", "ingrid-solheim", cwd=uncontrolled)
    assert ran.code == 0, ran.err
    assert "Taken over: " in ran.out
    assert "It is on the main branch. Now write" in ran.out
    assert "Bring it to the main branch" not in ran.out
    assert "Ingrid Solheim (top-management) has no key" in ran.err
    assert repo.git("status", "--porcelain") == ""
    history = load_history(uncontrolled, repo.head())
    replay = Replay(history)
    assert f"digest: {replay.digest_at_genesis()}\n" in (uncontrolled / "sms/genesis.yml").read_text()
    assert len([v for v in replay.lineages.values() if v.current and v.current.released]) > 30
    assert [
        f.rule
        for f in verify(history, built_in().values(), None, datetime.now(UTC).date()).findings
        if f.rule.startswith("genesis")
    ] == []
    assert sms("check", cwd=uncontrolled).code == 0
    again = sms("begin", "--statement", "Twice.", cwd=uncontrolled)
    assert (again.code, "document control began on" in again.err) == (2, True)


@pytest.mark.parametrize("how", ["on a branch", "without commit"])
def test_control_counts_from_the_main_branch_on(
    how: str, office: Callable[..., Office], uncontrolled: Path, tmp_path: Path
) -> None:
    user(tmp_path / "home", "ingrid.solheim@harbourline.example")
    if how == "on a branch":
        GitRepo(uncontrolled).branch("begin")
    commit = ("--commit",) if how == "on a branch" else ()
    ran = sms("begin", "--statement", "Approved on paper.", "--anyway", *commit, cwd=uncontrolled)
    assert "Bring it to the main branch before anything else changes there." in ran.out, ran.err


@pytest.mark.parametrize(
    ("spoil", "arguments", "words"),
    [
        ("policies/new.svg", ("--statement", "x"), "these files are not committed: policies/new.svg"),
        ("sms/genesis.yml", ("--statement", "x"), "is there already, not committed"),
        ("", (), "it is not said what is taken over"),
        ("", ("--statement", "x", "--by", "nobody"), "nobody in sms/people.yml has the id"),
        ("commit policies/POL-001-service-management-policy.md", ("--statement", "x"), "sms check finds"),
    ],
)
def test_control_does_not_begin(
    office: Callable[..., Office],
    uncontrolled: Path,
    tmp_path: Path,
    spoil: str,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    user(tmp_path / "home", "ingrid.solheim@harbourline.example")
    name = spoil.removeprefix("commit ")
    if name:
        (uncontrolled / name).write_text("broken\n")
    if spoil.startswith("commit "):
        GitRepo(uncontrolled).commit("Spoil")
    before = GitRepo(uncontrolled).git("status", "--porcelain")
    ran = sms("begin", *arguments, "--commit", cwd=uncontrolled)
    assert (ran.code, GitRepo(uncontrolled).git("status", "--porcelain")) == (2, before)
    assert words in ran.err


# --- keys of people ---------------------------------------------------------------------------------------------


def test_a_key_is_registered_as_policy(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office("bob drafts POL-001 1.1: We serve.")
    new = SigningKey.new("carols new one")
    file = new.write(tmp_path / "new")
    before = (here.path / "sms/people.yml").read_text().splitlines()
    ran = here.sms("carol", "keys", "add", file)
    assert ran.code == 0, ran.err
    assert "to be approved as top-management" in ran.out
    after = (here.path / "sms/people.yml").read_text().splitlines()
    assert [line for line in after if line not in before] == [
        f"  - key: {new.public}",
        '    from: "2026-01-10"',
    ]
    assert len(after) == len(before) + 2
    assert "is registered already, as one of carol-diaz" in here.sms("carol", "keys", "add", file).err
    assert "is registered already, as one of anna-nowak" in here.sms("carol", "keys", "add", key="anna").err
    listed = here.sms("carol", "keys", "list").out
    assert len([line for line in listed.splitlines() if line.startswith("carol-diaz ")]) == 2
    assert "SHA256:" in listed


def test_weak_keys_are_not_registered(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office()
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", tmp_path / "weak"], check=True
    )
    ran = here.sms("carol", "keys", "add", tmp_path / "weak")
    assert (ran.code, here.status()) == (2, "")
    assert "RSA with 2048 bits is too short" in ran.err
    assert "there is no key in git's user.signingkey" in here.sms("carol", "keys", "add", key=None).err


def test_what_is_no_key_is_not_read_as_one(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office()
    (tmp_path / "junk.txt").write_text("Dear diary")
    ran = here.sms("carol", "keys", "add", tmp_path / "junk.txt")
    assert (ran.code, here.status()) == (2, "")
    assert "junk.txt is no SSH key" in ran.err
    both = here.sms("carol", "keys", "add", "one", "--key", "two")
    assert (both.code, "two keys are named" in both.err) == (2, True)


def test_before_control_a_key_is_simply_committed(
    office: Callable[..., Office], uncontrolled: Path, tmp_path: Path
) -> None:
    user(tmp_path / "home", "ingrid.solheim@harbourline.example")
    new = SigningKey.new("ingrids new one").write(tmp_path / "new")
    ran = sms("keys", "add", "--key", new, cwd=uncontrolled)
    assert ran.code == 0, ran.err
    assert "Document control has not begun yet: the key counts from its beginning on" in ran.out
    assert "pull request" not in ran.out


def test_nothing_taken_over_needs_no_words(
    office: Callable[..., Office], draft: Path, tmp_path: Path
) -> None:
    user(tmp_path / "home", "pat.director@example.org")
    new = SigningKey.new("pat").write(tmp_path / "new")
    assert sms("keys", "add", new, cwd=draft).code == 0
    GitRepo(draft).commit("A key", when=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    ran = sms("begin", "--commit", cwd=draft)
    assert ran.code == 0, ran.err
    assert "No document was issued yet" in (draft / "sms/genesis.yml").read_text()


def test_a_finding_of_verify_can_have_a_nonconformity(draft: Path) -> None:
    """In a fresh SMS there is no record yet that could have shown it."""
    given = {
        "title": "Pushed directly", "status": "open", "recorded_on": "2026-11-20", "recorded_by": "sam-owner",
        "source": "PRO-001", "requirement": "4.3.2", "description": "A push.", "severity": "minor", "priority": "low",
        "area": "Documents", "responsible": "sms-manager", "raised_on": "2026-11-20",
        "communicated_to": "sms-manager", "communicated_on": "2026-11-20", "due": "2026-12-20",
    }  # fmt: skip
    options = [part for name, value in given.items() for part in ("--set", f"{name}={value}")]
    ran = sms("new", "nonconformity", *options, cwd=draft)
    assert ran.code == 0, ran.err
    assert sms("check", "--as-of", "2026-11-20", cwd=draft).code == 0


# --- checkpoints ------------------------------------------------------------------------------------------------


def test_a_checkpoint_lies_elsewhere_and_stays(office: Callable[..., Office], tmp_path: Path) -> None:
    here = office()
    for inside in (".", "notes"):
        assert "lies in the repository" in office_refusal_of(here, "checkpoint", inside)
    assert here.sms("anna", "checkpoint", tmp_path / "kept").code == 0
    made = {file: file.read_bytes() for file in (tmp_path / "kept").iterdir()}
    assert len(made) == 2
    assert "is there already" in office_refusal_of(here, "checkpoint", str(tmp_path / "kept"))
    assert {file: file.read_bytes() for file in (tmp_path / "kept").iterdir()} == made


def office_refusal_of(here: Office, *arguments: str) -> str:
    ran = here.sms("anna", *arguments)
    assert (ran.code, here.status()) == (2, "")
    return ran.err


# --- before anything is shown -----------------------------------------------------------------------------------


def test_who_cannot_commit_is_told_before_signing(office: Callable[..., Office]) -> None:
    here = office(ISSUED)
    here.sms("anna", "approve")
    (here.home / ".gitconfig").write_text(f"[user]\n\temail = {small_sms.mail('anna')}\n")
    for name in ("GIT_COMMITTER_NAME", "GIT_AUTHOR_NAME"):
        here.patch.delenv(name, raising=False)
    ran = sms("approve", "--yes", "--commit", cwd=here.path)
    assert (ran.code, ran.out, here.approvals()) == (2, "", [])
    assert "git does not know your user.name" in ran.err


def test_a_first_issue_is_shown_as_it_is(office: Callable[..., Office]) -> None:
    here = office(
        "bob adds POL-009 as policy-change in policies/POL-009-new.md revision=1.0 status=issued: All new."
    )
    ran = here.sms("anna", "approve", "POL-009", "--yes")
    assert "All new." in ran.out
    assert "{+" not in ran.out
    assert here.sms("anna", "approve").out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("approve", "--role", "top-managment"), "Did you mean `top-management`?"),
        (("approve", "pol-001"), "Did you mean `POL-001`?"),
        (("approve", "--role", "service-owner"), "Anna Nowak does not hold the role service-owner"),
    ],
)
def test_misspelt_while_signing(
    office: Callable[..., Office], arguments: tuple[str, ...], words: str
) -> None:
    assert words in office_refusal(office(ISSUED), "anna", *arguments)


def test_on_a_branch_the_diff_is_against_what_main_has_in_force(office: Callable[..., Office]) -> None:
    here = office(ISSUED, "anna approves POL-001", "bob issues POL-001 1.2: We serve you best.")
    out = here.sms("bob", "diff", "POL-001").out
    assert "POL-001 1.0 → 1.2" in out
    assert "[-serve.-]" in out
