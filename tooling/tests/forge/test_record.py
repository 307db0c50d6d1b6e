"""sms record: reviews that stand after the merge become statements, and nothing else does."""

import stat
from datetime import date
from pathlib import Path

import pytest
from forge import shapes
from forge.fake_github import FakeGitHub
from forge.merged import NUMBER, OnForge, environment, merged, tell
from support import small_sms
from support.cli import sms
from support.signing import SigningKey

from smsrepo.check.catalogue import built_in
from smsrepo.check.verify import Proof, verify
from smsrepo.control.statement import Statement, read
from smsrepo.load.history import load_history

AGREEMENT = "bob issues SLA-001 1.1: The desk answers soon."
BOTH = "bob issues SLA-001 1.1: The desk answers soon.\nbob adds EXT-001 as external-document in sms/registers/external-documents/EXT-001-norm.yml revision=1.0 status=issued owner=sms-manager"


@pytest.fixture(autouse=True)
def _on_the_forge(fake: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(fake, monkeypatch)


@pytest.fixture
def agreement(fake: FakeGitHub, tmp_path: Path) -> OnForge:
    """Revision 1.1 of an agreement; its row accepts reviews of Carol (or Erik) and Dora."""
    return merged(AGREEMENT, tmp_path / "repo", fake)


def proof(at: OnForge) -> Proof:
    history = load_history(at.repo.path, at.repo.head())
    return verify(history, built_in().values(), date(2026, 1, 20), date(2026, 1, 20))


def approvals(found: Proof) -> list[str]:
    about = {"approval-missing", "policy-unapproved", "statement-refused"}
    return [finding.rule for finding in found.findings if finding.rule in about]


def statements(at: OnForge) -> list[Statement]:
    return [read((at.repo.path / path).read_bytes()) for path in at.written()]


def test_reviews_become_statements_that_count(agreement: OnForge) -> None:
    agreement.review("carol")
    agreement.review("dora")
    before = proof(agreement)
    assert approvals(before) == ["approval-missing"]
    ran = agreement.record("--commit")
    assert (ran.code, ran.err) == (0, "")
    assert "Recorded: Carol Diaz, management-representative: approved for issue: SLA-001 1.1" in ran.out
    carols, doras = statements(agreement)
    assert (carols.person, carols.assurance, carols.action) == ("carol-diaz", "platform", "approve")
    assert carols.evidence == {
        "forge": "github", "review": 1, "login": "gh-carol", "user": carols.evidence["user"],
        "commit": agreement.head, "url": f"{shapes.HOST}/{shapes.REPOSITORY}/pull/7#pullrequestreview-1",
    }  # fmt: skip
    assert doras.role == "service-owner"
    after = proof(agreement)
    assert approvals(after) == []
    assert (after.acts, after.signed) == (2, 0)


def test_it_commits_the_statements_and_nothing_else_as_nobody(agreement: OnForge) -> None:
    agreement.review("carol")
    agreement.repo.write("policies/POL-001-policy.md", "half done")
    agreement.repo.write("stray.txt", "stray")
    agreement.record("--commit")
    listed = agreement.repo.git("show", "--format=%an <%ae> %cn <%ce>", "--name-only").splitlines()
    who = "forge-collector <forge-collector@collector.invalid>"
    assert listed[0] == f"{who} {who}"
    assert [path for path in listed[1:] if path] == [agreement.written()[0], f"{agreement.written()[0]}.sig"]
    assert len(agreement.repo.git("status", "--porcelain").splitlines()) == 2


def test_repeating_it_changes_nothing(agreement: OnForge) -> None:
    agreement.review("carol")
    agreement.record("--commit")
    once = agreement.repo.head(), agreement.written()
    for options in ((), ("--pull", "7"), ("--merge", agreement.merge)):
        ran = agreement.record("--commit", *options)
        assert (ran.code, "Nothing to record" in ran.out) == (0, True), ran
    assert (agreement.repo.head(), agreement.written()) == once
    agreement.review("dora")
    agreement.record("--commit")
    assert len(agreement.written()) == 2
    agreement.fake.requests.clear()
    agreement.record("--commit")
    assert agreement.fake.requests == [], "what is approved is not asked for"


def test_without_commit_they_wait_in_the_worktree(agreement: OnForge) -> None:
    agreement.review("carol")
    before = agreement.repo.head()
    assert "Commit the new files" in agreement.record().out
    assert (agreement.repo.head(), len(agreement.written())) == (before, 1)
    again = agreement.record()
    assert (again.code, "Recorded already: sms/approvals/" in again.out) == (0, True)
    assert len(agreement.written()) == 1


def test_one_statement_for_each_person_role_and_action(fake: FakeGitHub, tmp_path: Path) -> None:
    both = merged(BOTH, tmp_path / "repo", fake)
    both.review("carol")
    both.review("dora", "CHANGES_REQUESTED")
    assert both.record().code == 0
    told = {(s.person, s.action): sorted(subject.name for subject in s.subjects) for s in statements(both)}
    assert told == {("carol-diaz", "approve"): ["EXT-001", "SLA-001"], ("dora-elm", "reject"): ["SLA-001"]}


def test_a_person_with_two_roles_makes_two_statements(fake: FakeGitHub, tmp_path: Path) -> None:
    both = merged(AGREEMENT, tmp_path / "repo", fake)
    both.review("erik")
    both.review("dora")
    both.record("--commit")
    assert [(s.person, s.role) for s in statements(both)] == [
        ("dora-elm", "service-owner"), ("erik-roth", "management-representative"),
    ]  # fmt: skip


# what was reviewed, and why it does not count
REFUSED = {
    "a bot": ({"login": "lint[bot]"}, "is a bot"),
    "who opened it": ({"first": "bob"}, "opened the pull request"),
    "a stranger": ({"login": "stranger"}, "nobody in sms/people.yml has the account stranger"),
    "the wrong person": ({"first": "dora", "commit": shapes.OLD}, "reviewed other bytes"),
    "moved by a rebase": (
        {"first": "dora", "at": "2026-01-09T10:00:00Z"},
        "the forge moved the review after a rebase",
    ),
}


@pytest.mark.parametrize(("review", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_review_that_does_not_count(agreement: OnForge, review: dict[str, str], reason: str) -> None:
    agreement.review(**{"first": "", **review})
    ran = agreement.record("--commit")
    assert ran.code == 0
    assert reason in ran.out
    assert agreement.written() == []


def test_a_review_of_an_earlier_commit_with_the_same_bytes_counts(fake: FakeGitHub, tmp_path: Path) -> None:
    at = merged(f"{AGREEMENT}\nbob writes notes.txt: Nothing to do with it.", tmp_path / "repo", fake)
    at.review("carol", commit=at.repo.git("rev-parse", f"{at.head}~1"))
    at.review("dora", commit=at.repo.git("rev-parse", f"{at.head}~2"))
    assert "SLA-001 1.1: gh-dora reviewed other bytes" in at.record().out
    assert [said.person for said in statements(at)] == ["carol-diaz"]


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        ("bob issues POL-001 1.1: We serve well.", "its row asks for signatures"),
        ("bob drafts SLA-001 1.1: The desk answers soon.", "a draft needs no approval"),
        ("bob sets sms/control.yml policy.persons to 2", "the policy asks for signatures"),
        ("bob moves slas/SLA-001-desk.yml to slas/SLA-001-help.yml", "nothing but its place changed"),
    ],
    ids=lambda value: value if " to " not in value and ":" not in value else "",
)
def test_what_takes_no_review_is_not_even_asked_about(
    fake: FakeGitHub, tmp_path: Path, scenario: str, why: str
) -> None:
    at = merged(scenario, tmp_path / "repo", fake)
    at.review("anna")
    assert "Nothing to record" in at.record().out, why
    assert fake.requests == []


def test_policy_that_accepts_reviews(fake: FakeGitHub, tmp_path: Path) -> None:
    eased = "anna sets sms/control.yml policy.assurance to platform\nerik approves sms/control.yml\nmerge\n"
    at = merged(eased + "bob sets sms/control.yml policy.persons to 2", tmp_path / "repo", fake)
    at.review("anna")
    assert at.record("--commit").code == 0, at.record().out
    (said,) = [s for s in statements(at) if s.assurance == "platform"]
    assert [(s.kind, s.name) for s in said.subjects] == [("policy", "sms/control.yml")]
    assert approvals(proof(at)) == []


# the key in the environment or a file, and why it may not sign
KEYS = {
    "a person's": ("carol", "did not belong to a collector of this forge"),
    "nobody's": ("whoever", "did not belong to a collector of this forge"),
}


@pytest.mark.parametrize(("key", "reason"), KEYS.values(), ids=KEYS)
def test_a_key_that_is_no_collectors_writes_nothing(agreement: OnForge, key: str, reason: str) -> None:
    agreement.review("carol")
    ran = agreement.record("--commit", key=key)
    assert (ran.code, reason in ran.err) == (2, True), ran
    assert agreement.written() == []


def test_the_key_from_the_environment_leaves_no_file(
    agreement: OnForge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement.review("carol")
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    text = small_sms.key(small_sms.COLLECTOR).write(tmp_path / "key").read_text()
    monkeypatch.setenv("SMS_COLLECTOR_KEY", text.replace("\n", "\r\n").strip())
    modes = []

    def watch(message: bytes, key: Path, namespace: str) -> bytes:
        modes.append(stat.S_IMODE(key.stat().st_mode))
        return SigningKey.new(f"scenario {small_sms.COLLECTOR}").sign(message, namespace)

    monkeypatch.setattr("smsrepo.git.ssh.sign", watch)
    ran = sms("record", "--forge", "github", cwd=agreement.repo.path)
    assert (ran.code, modes) == (0, [0o600]), ran
    assert list((tmp_path / "scratch").iterdir()) == []


def test_without_any_key(agreement: OnForge) -> None:
    agreement.review("carol")
    ran = sms("record", "--forge", "github", cwd=agreement.repo.path)
    assert (ran.code, "--key FILE" in ran.err) == (2, True)


def test_a_statement_that_was_refused_once_does_not_stop_the_others(agreement: OnForge) -> None:
    agreement.review("carol")
    agreement.record("--commit")
    (path,) = agreement.written()
    signature = agreement.repo.path / f"{path}.sig"
    agreement.repo.write(
        f"{path}.sig", small_sms.key("mallory").sign((agreement.repo.path / path).read_bytes())
    )
    agreement.repo.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    assert signature.exists()
    agreement.review("dora")
    ran = agreement.record("--commit")
    assert (ran.code, f"Recorded already: {path}" in ran.out) == (0, True), ran
    assert [said.person for said in statements(agreement)] == ["carol-diaz", "dora-elm"]


def test_a_key_that_ended_writes_nothing(fake: FakeGitHub, tmp_path: Path) -> None:
    ended = (
        'anna sets sms/people.yml collectors[forge-collector].keys[0].to to "2026-01-11"\n'
        "erik approves sms/people.yml\nmerge\n"
    )
    at = merged(ended + AGREEMENT, tmp_path / "repo", fake)
    at.review("carol")
    before = at.written()
    ran = at.record()
    assert (ran.code, "its key was valid from 2025-12-01 to 2026-01-11" in ran.err) == (2, True), ran
    assert at.written() == before


def test_a_rebase_brings_several_commits(fake: FakeGitHub, tmp_path: Path) -> None:
    at = merged(AGREEMENT, tmp_path / "repo", fake)
    told = fake.pulls[NUMBER]
    at.repo.write("notes.txt", "The last commit of the pull request.\n")
    last = at.repo.commit("Notes", small_sms.identity("bob"), "2026-01-10T13:01:00Z")
    told["merge_commit_sha"] = last
    fake.pulls_of = {at.merge: [told], last: [told]}
    at.review("carol")
    assert at.record("--pull", "7").code == 0
    assert [said.person for said in statements(at)] == ["carol-diaz"]


def test_a_direct_push_has_no_reviews(agreement: OnForge) -> None:
    agreement.fake.pulls_of[agreement.merge] = []
    ran = agreement.record("--wait", "30")
    assert (ran.code, "Nothing to record" in ran.out) == (0, True)


def test_a_new_commit_is_asked_for_again(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    at = merged(AGREEMENT, tmp_path / "repo", fake, when=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    at.review("carol")
    told = fake.pulls_of[at.merge]
    fake.pulls_of[at.merge] = []

    def pause(seconds: float) -> None:
        fake.pulls_of[at.merge] = told

    monkeypatch.setattr("time.sleep", pause)
    at.record("--wait", "30")
    assert [said.person for said in statements(at)] == ["carol-diaz"]


def test_what_came_to_another_branch_first_is_left_alone(agreement: OnForge) -> None:
    agreement.fake.pulls[NUMBER]["base"]["ref"] = "develop"
    agreement.review("carol")
    agreement.record()
    assert agreement.written() == []


def test_refusals_to_start(fake: FakeGitHub, agreement: OnForge) -> None:
    tell(fake, agreement.head)
    assert "is not merged" in agreement.record("--pull", "7").err
    agreement.repo.branch("elsewhere")
    agreement.repo.commit("Elsewhere")
    ran = agreement.record()
    assert (ran.code, "this is not the tip of main" in ran.err) == (2, True)


def test_control_that_has_not_begun(fake: FakeGitHub, tmp_path: Path) -> None:
    from support.gitrepo import GitRepo

    repo = GitRepo.new(tmp_path / "repo")
    for path, text in small_sms.files().items():
        repo.write(path, text)
    repo.commit("Files")
    ran = sms("record", "--forge", "github", cwd=repo.path)
    assert (ran.code, "document control has not begun" in ran.out) == (0, True)
