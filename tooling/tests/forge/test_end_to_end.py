"""A document from its draft to its proof, between clones, a bare repository and a forge; and a plain git server."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from forge import merged, shapes
from forge.fake_github import FakeGitHub
from support import small_sms
from support.cli import Ran, sms
from support.gitrepo import CLEAN, GitRepo, identity, run_git
from support.scenario import play

from smsrepo.load.yaml_dialect import parse
from smsrepo.pack.answers import Answers
from smsrepo.pack.init import make_repository
from smsrepo.pack.yaml_text import dump

BRANCH = "ext-001"
PATH = "sms/registers/external-documents/EXT-001-law.yml"
DOCUMENT = {
    "id": "EXT-001", "type": "external-document", "title": "Data protection law", "revision": "1.0", "status": "draft",
    "owner": "sms-manager", "summary_of_change": "First issue.", "review_every": "P12M", "audience": ["all-staff"],
    "classification": "internal", "stage": "current", "issuer": "Legislator", "edition": "As amended",
    "kept_at": "Official publication", "given_to": ["all-staff"], "checked_on": "2026-01-05", "check_every": "P1200M",
}  # fmt: skip


def stamp(minutes: int = 0) -> str:
    """A moment that many minutes from now: what people sign here, they sign today."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def clone(origin: Path, path: Path, first: str = "bob") -> GitRepo:
    run_git(path.parent, "clone", "--quiet", str(origin), str(path))
    return yours(GitRepo(path), first)


def yours(repo: GitRepo, first: str) -> GitRepo:
    """The same, set up for a person as git wants it."""
    repo.git("config", "user.name", small_sms.PEOPLE[first])
    repo.git("config", "user.email", small_sms.mail(first))
    return repo


def edit(repo: GitRepo, path: str) -> Any:
    return parse((repo.path / path).read_text())


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as sms init makes it, with the people of the scenarios, under control from today on; never changed.

    The approval of an external document takes two people, a review on the forge being enough.
    """
    root = tmp_path_factory.mktemp("begun") / "sms"
    answers = Answers(
        owner=small_sms.PEOPLE["bob"], owner_email=small_sms.mail("bob"),
        head=small_sms.PEOPLE["anna"], head_email=small_sms.mail("anna"),
    )  # fmt: skip
    make_repository(root, answers, example=False, commit=True, today=datetime.now(UTC).date())
    repo = yours(GitRepo(root), "anna")
    assigned = edit(repo, "sms/assignments.yml")["assignments"]
    others = {one["role"]: one["person"] for one in reversed(small_sms.assignments()["assignments"])}
    held = [
        one | {"person": others.get(one["role"], one["person"]), "from": "2025-12-01"} for one in assigned
    ]
    repo.write("sms/assignments.yml", dump({"assignments": held}))
    repo.write("sms/people.yml", dump(small_sms.people()))
    settings = edit(repo, "sms/control.yml")
    (row,) = [row for row in settings["approvals"] if DOCUMENT["type"] in row["types"]]
    row |= {"approvers": ["management-representative", "service-owner"], "persons": 2}
    repo.write("sms/control.yml", dump(settings))
    repo.write(PATH, dump(DOCUMENT | {"owner": "sms-manager"}))
    repo.commit("Settings", small_sms.identity("anna"), stamp(-1))
    ran = sms("begin", "--by", "anna-nowak", "--statement", "Taken over as it stands.", "--commit", cwd=root)
    assert ran.code == 0, ran.err
    return root


@pytest.fixture
def origin(begun: Path, tmp_path: Path) -> Path:
    """The same as a bare repository that everybody clones."""
    run_git(tmp_path, "clone", "--quiet", "--bare", str(begun), str(tmp_path / "origin.git"))
    return tmp_path / "origin.git"


def ssh_verifies(repo: Path, signers: Path, statement: Path, person: str) -> bool:
    """What an auditor does who has ssh-keygen and nothing of ours."""
    command = [
        "ssh-keygen", "-Y", "verify", "-f", signers, "-I", person, "-n", "smsrepo-approval@v1", "-s", f"{statement}.sig",
    ]  # fmt: skip
    return (
        subprocess.run(command, input=statement.read_bytes(), capture_output=True, cwd=repo).returncode == 0
    )


def test_from_draft_to_proof(
    origin: Path, fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged.environment(fake, monkeypatch)

    # Bob writes and asks what is missing.
    bobs = clone(origin, tmp_path / "bob")
    bobs.branch(BRANCH)
    today = datetime.now(UTC).date().isoformat()
    issued = {"status": "issued", "effective_from": today, "author": "bob-berg"}
    bobs.write(PATH, dump(DOCUMENT | issued))
    bobs.commit("Issue the law", small_sms.identity("bob"), stamp())
    asked = sms("gate", cwd=bobs.path)
    assert asked.code == 1
    assert "management-representative (Carol Diaz) is missing" in asked.out
    assert "service-owner (Dora Elm) is missing" in asked.out
    bobs.git("push", "--quiet", "origin", BRANCH)

    # Carol signs with her own key, in her own clone.
    carols = clone(origin, tmp_path / "carol", "carol")
    carols.switch(BRANCH)
    key = small_sms.key("carol").write(tmp_path / "carols_key")
    signed = sms("approve", "--key", key, "--yes", "--commit", cwd=carols.path)
    assert signed.code == 0, signed.err
    carols.git("push", "--quiet", "origin", BRANCH)
    head = carols.head()

    # Dora reviews on the forge. Before, and by a review of what stood there before, the gate stays closed.
    bobs.git("pull", "--quiet", "origin", BRANCH)
    merged.tell(fake, head)
    options = ("gate", "--forge", "github", "--format", "github", "--comment")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": merged.NUMBER}}))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert sms(*options, cwd=bobs.path).code == 1
    review = shapes.review(1, "gh-dora", "APPROVED", commit=head)
    fake.reviews[merged.NUMBER] = [review | {"submitted_at": stamp(-60)}]
    moved = sms(*options, cwd=bobs.path)
    assert (moved.code, "the forge moved the review after a rebase" in moved.out) == (1, True)
    fake.reviews[merged.NUMBER] = [review | {"submitted_at": stamp()}]
    opened = sms(*options, cwd=bobs.path)
    assert opened.code == 0, opened.out + opened.err
    assert (
        "Carol Diaz (management-representative), Dora Elm (service-owner, review on the forge)" in opened.out
    )
    assert "The gate is open" in (tmp_path / "summary.md").read_text()
    assert [comment["body"].count("The gate is open") for comment in fake.comments] == [1]
    monkeypatch.delenv("GITHUB_EVENT_PATH")

    # The forge squashes it onto main.
    forge = clone(origin, tmp_path / "forge")
    forge.merge(f"origin/{BRANCH}", squash=True)
    writers = {"author": small_sms.identity("bob"), "committer": "Forge <noreply@forge.example>"}
    squash = forge.commit("Merge", when=stamp(), co_authors=[small_sms.identity("carol")], **writers)
    forge.git("push", "--quiet", "origin", "main")
    merged.tell(fake, head, squash)

    # The workflow records the review. What was reviewed is there by the ref that forges keep.
    workflow = clone(origin, tmp_path / "workflow")
    text = small_sms.key(small_sms.COLLECTOR).write(tmp_path / "collectors_key").read_text()
    monkeypatch.setenv("SMS_COLLECTOR_KEY", text)
    recorded = sms("record", "--forge", "github", "--commit", cwd=workflow.path)
    assert recorded.code == 0, recorded.err
    assert "Recorded: Dora Elm, service-owner: approved for issue: EXT-001 1.0" in recorded.out
    workflow.git("push", "--quiet", "origin", "main")

    # An auditor clones, with no forge at hand.
    for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL", "SMS_COLLECTOR_KEY"):
        monkeypatch.delenv(name)
    audit = clone(origin, tmp_path / "audit")
    signers = tmp_path / "allowed_signers"
    proven = sms("verify", "--export-signers", signers, cwd=audit.path)
    assert proven.code == 0, proven.out + proven.err
    assert "1 signed approval, " in proven.out
    assert "in force" in sms("status", "EXT-001", cwd=audit.path).out
    (carol,) = (audit.path / "sms/approvals").rglob("*carol-diaz*.yml")
    (dora,) = (audit.path / "sms/approvals").rglob("*dora-elm*.yml")
    assert ssh_verifies(audit.path, signers, carol, "carol-diaz")
    assert not ssh_verifies(audit.path, signers, carol, "dora-elm")
    assert ssh_verifies(audit.path, signers, dora, small_sms.COLLECTOR)
    assert not ssh_verifies(audit.path, signers, dora, "dora-elm")


class TestPlainServer:
    """A bare repository whose pre-receive hook is the one we ship, and real pushes."""

    @pytest.fixture
    def bare(self, tmp_path: Path) -> Path:
        bare = tmp_path / "bare.git"
        run_git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        template = Path(__file__).parents[2] / "smsrepo/pack/templates/pre-receive.j2"
        hook = bare / "hooks/pre-receive"
        # The small SMS would not pass the check of its files; test_a_push_of_broken_files_is_refused runs that.
        hook.write_text(template.read_text().replace("--pre-receive", "--pre-receive --history-only"))
        hook.chmod(0o755)
        return bare

    @pytest.fixture
    def mine(self, bare: Path, tmp_path: Path) -> GitRepo:
        """A repository under control; its main branch was pushed."""
        started, _ = play("bob drafts POL-002 1.1: We think.", tmp_path / "mine")
        repo = started.repo
        repo.switch("main")
        repo.git("remote", "add", "origin", str(bare))
        assert self.push(repo, "main").returncode == 0
        return repo

    def push(self, repo: GitRepo, *what: str) -> subprocess.CompletedProcess[str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        command = ["git", "-C", str(repo.path), "push", "origin", *what]
        return subprocess.run(command, capture_output=True, text=True, env=CLEAN | {"PATH": path})

    def test_a_change_in_order_is_taken(self, bare: Path, mine: GitRepo) -> None:
        mine.merge("change", when="2026-01-10T13:00:00Z")
        done = self.push(mine, "main")
        assert done.returncode == 0, done.stderr
        assert "remote: POL-002 1.1 draft, needs no approval" in done.stderr
        assert run_git(bare, "rev-parse", "main") == mine.head()

    def test_what_is_not_approved_is_refused_and_leaves_nothing(self, bare: Path, mine: GitRepo) -> None:
        before = run_git(bare, "rev-parse", "main")
        mine.write(
            "policies/POL-001-policy.md", (mine.path / "policies/POL-001-policy.md").read_text() + "More.\n"
        )
        refused = mine.commit("Edit", small_sms.identity("bob"))
        done = self.push(mine, "main")
        assert done.returncode != 0
        assert "remote: " in done.stderr
        assert "[approved-bytes-changed" in done.stderr
        assert "pre-receive hook declined" in done.stderr
        assert run_git(bare, "rev-parse", "main") == before
        kept = subprocess.run(["git", "-C", str(bare), "cat-file", "-e", refused], capture_output=True)
        assert kept.returncode != 0, "git threw the refused objects away"

    def test_other_branches_are_drafts(self, bare: Path, mine: GitRepo) -> None:
        mine.branch("idea")
        mine.write("policies/POL-001-policy.md", "nothing yet\n")
        mine.commit("Idea")
        assert self.push(mine, "idea").returncode == 0
        assert run_git(bare, "rev-parse", "idea") == mine.head()

    def test_main_is_neither_replaced_nor_deleted(self, bare: Path, mine: GitRepo) -> None:
        before = mine.head()
        mine.git(
            "commit",
            "--quiet",
            "--amend",
            "-m",
            "Another beginning",
            **identity("Mallory <m@x.org>", stamp()),
        )
        replaced = self.push(mine, "--force", "main")
        assert "cannot be replaced" in replaced.stderr
        run_git(bare, "config", "receive.denyDeleteCurrent", "ignore")
        deleted = self.push(mine, "--delete", "main")
        assert "cannot be deleted" in deleted.stderr
        assert run_git(bare, "rev-parse", "main") == before

    def test_without_sms_nothing_is_taken(self, bare: Path, mine: GitRepo) -> None:
        mine.merge("change", when="2026-01-10T13:00:00Z")
        command = ["git", "-C", str(mine.path), "push", "origin", "main"]
        done = subprocess.run(command, capture_output=True, text=True, env=CLEAN | {"PATH": "/usr/bin:/bin"})
        assert done.returncode != 0
        assert run_git(bare, "rev-parse", "main") != mine.head()


def test_a_push_of_broken_files_is_refused(example: Path, tmp_path: Path) -> None:
    """The hook as we ship it also runs the check of the files."""
    bare = tmp_path / "bare.git"
    run_git(tmp_path, "clone", "--quiet", "--bare", str(example), str(bare))
    hook = bare / "hooks/pre-receive"
    hook.write_bytes((Path(__file__).parents[2] / "smsrepo/pack/templates/pre-receive.j2").read_bytes())
    hook.chmod(0o755)
    repo = GitRepo(example)
    repo.write("sms/records/incidents/INC-2026-9001-odd.yml", "id: INC-2026-9001\ntype: incident\n")
    repo.commit("Break")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["git", "-C", str(repo.path), "push", str(bare), "main"]
    done = subprocess.run(command, capture_output=True, text=True, env=CLEAN | {"PATH": path})
    assert done.returncode != 0
    assert "[schema-violated" in done.stderr


def test_what_the_gate_is_told_of_the_event(
    origin: Path, fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged.environment(fake, monkeypatch)
    repo = clone(origin, tmp_path / "clone")
    event = tmp_path / "event.json"

    def gate(told: object, *options: str) -> Ran:
        event.write_text(told if isinstance(told, str) else json.dumps(told))
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
        return sms("gate", "--forge", "github", *options, cwd=repo.path)

    merged.tell(fake, repo.head())
    queue = "refs/heads/gh-readonly-queue/main/pr-7-" + "a" * 40
    assert gate({"pull_request": {"number": 7}}).code == 0
    assert gate({"merge_group": {"head_ref": queue}}).code == 0
    merged.tell(fake, shapes.HEAD)  # pushed to since, as the forge tells now
    assert gate({"merge_group": {"head_ref": queue}}).code == 0, "the commit of a queue is never the head"
    late = gate({"pull_request": {"number": 7}})
    assert (late.code, "is at aaaaaaaaaaaa by now" in late.err) == (3, True)
    for odd, code, words in (
        ({"ref": "refs/heads/main"}, 2, "not started by a pull request"),
        ({"merge_group": {"head_ref": "refs/heads/other"}}, 2, "not started by a pull request"),
        ({"pull_request": {"number": "7; rm"}}, 3, "event.pull_request.number"),
        ("no JSON", 3, "cannot be read"),
    ):
        ran = gate(odd)
        assert (ran.code, words in ran.err) == (code, True), ran
    monkeypatch.delenv("GITHUB_EVENT_PATH")
    assert "belong together" in sms("gate", "--forge", "github", cwd=repo.path).err
