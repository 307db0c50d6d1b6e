"""Attacks that no line of a scenario can say: what a repository's settings, objects and paths can do."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support import small_sms
from support.cli import sms
from support.gitrepo import GitRepo, identity
from support.scenario import Play, act, play

from smsrepo.check.catalogue import built_in, rules_of
from smsrepo.git import door

APPROVED = """
bob issues POL-001 1.1: We serve well.
anna approves POL-001
merge
"""
FORGED = """
bob issues POL-001 1.1: We serve Mallory.
anna approves POL-001 with the key of mallory
merge
"""
DAY = "2026-01-11"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """POL-001 1.1 was approved: everything is proven. Never changed."""
    played, _ = play(APPROVED, tmp_path_factory.mktemp("once") / "repo")
    assert sms("verify", "--as-of", DAY, cwd=played.repo.path).code == 0
    return played


@pytest.fixture
def approved(once: Play, tmp_path: Path) -> Play:
    """The same, to do anything with."""
    repo = GitRepo(Path(shutil.copytree(once.repo.path, tmp_path / "repo")))
    return replace(once, repo=repo, found={}, told=[], steps_of=dict(once.steps_of))


def verified(repo: GitRepo) -> tuple[int, str]:
    """Exit code and words of sms verify."""
    ran = sms("verify", "--as-of", DAY, cwd=repo.path)
    return ran.code, ran.out + ran.err


def rules_found(played: Play) -> set[str]:
    return {finding.rule for finding in played.proof().findings}


def step(played: Play, who: str = "mallory") -> None:
    """Commit what lies in the worktree onto main."""
    commit = played.repo.commit("Step", small_sms.identity(who), played.when())
    played.steps_of[commit] = 0


def trap(folder: Path) -> Path:
    """A program that agrees with everything and leaves a trace."""
    file = folder / "trap"
    file.write_text(
        f"#!/bin/sh\ntouch '{folder}/sprung'\necho 'Good \"git\" signature for anna-nowak'\nexit 0\n"
    )
    file.chmod(0o755)
    return file


def test_a_program_of_the_repository_verifies_nothing(tmp_path: Path) -> None:
    played, _ = play(FORGED, tmp_path / "repo")
    repo = played.repo
    for name in ("gpg.program", "gpg.ssh.program", "gpg.x509.program", "gpg.openpgp.program"):
        repo.git("config", name, str(trap(tmp_path)))
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "gpg.ssh.allowedSignersFile", str(tmp_path / "allowed"))
    (tmp_path / "allowed").write_text(f"anna-nowak,* {small_sms.key('mallory').public}\n")
    code, words = verified(repo)
    assert code == 1
    assert "a key that did not belong to anna-nowak" in words
    assert not (tmp_path / "sprung").exists()


def test_settings_of_the_repository_run_nothing(approved: Play, tmp_path: Path) -> None:
    repo, program = approved.repo, str(trap(tmp_path))
    gate = ("gate", "--base", "HEAD~1", "--head", "HEAD")
    expected = verified(repo), sms(*gate, cwd=repo.path).out
    for name in ("core.fsmonitor", "diff.external", "core.pager", "diff.evil.textconv", "filter.evil.smudge",
                 "core.sshCommand", "core.alternateRefsCommand", "uploadpack.packObjectsHook"):  # fmt: skip
        repo.git("config", name, program)
    repo.write(".git/info/attributes", "* diff=evil filter=evil eol=crlf\n")
    assert (verified(repo), sms(*gate, cwd=repo.path).out) == expected
    assert not (tmp_path / "sprung").exists()


def test_replaced_objects_are_refused(approved: Play) -> None:
    """A stand-in for the blob that was approved: git itself shows it, and finds nothing wrong."""
    repo = approved.repo
    path = "policies/POL-001-policy.md"
    evil = repo.git("hash-object", "-w", "--stdin", stdin=b"We serve Mallory.\n")
    repo.git("replace", repo.git("rev-parse", f"HEAD:{path}"), evil)
    assert repo.git("show", f"HEAD:{path}") == "We serve Mallory."
    code, words = verified(repo)
    assert code == 3
    assert "replaced objects" in words


@pytest.mark.parametrize(
    ("options", "words"), [(("--depth=1",), "shallow clone"), (("--filter=blob:none",), "partial clone")]
)
def test_a_clone_with_holes_is_refused(
    approved: Play, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    approved.repo.git("config", "uploadpack.allowFilter", "true")
    approved.repo.git("clone", "-q", *options, f"file://{approved.repo.path}", str(tmp_path / "clone"))
    clone = GitRepo(tmp_path / "clone")
    clone.git("remote", "set-url", "origin", str(tmp_path / "gone"))
    for command in (("verify",), ("gate", "--base", "HEAD", "--head", "HEAD"), ("checkpoint", str(tmp_path))):
        ran = sms(*command, cwd=clone.path)
        assert ran.code == 3, command
        assert words in ran.err


def test_a_submodule_is_found_and_stops_nothing(approved: Play) -> None:
    approved.repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},policies/module")
    commit = approved.repo.git("commit-tree", approved.repo.git("write-tree"), "-p", "HEAD", "-m", "Module")
    approved.repo.git("update-ref", "refs/heads/main", commit)
    approved.steps_of[commit] = 0
    assert rules_found(approved) == {"odd-file"}


def test_a_submodule_attached_to_a_document(approved: Play) -> None:
    repo = approved.repo
    path = "policies/POL-001-policy.md"
    repo.write(path, (repo.path / path).read_text().replace("owner:", "attachments: [module]\nowner:"))
    repo.git("add", path)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},policies/module")
    commit = repo.git("commit-tree", repo.git("write-tree"), "-p", "HEAD", "-m", "Module")
    repo.git("update-ref", "refs/heads/main", commit)
    assert "odd-file" in rules_found(approved)


def test_a_path_that_leads_out_is_refused(approved: Play) -> None:
    """Git writes no such tree, but reads it: `policies/../sms/people.yml` must be no settings file."""
    repo = approved.repo
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"people: []\n")
    tree = repo.git("mktree", stdin=f"100644 blob {blob}\tpeople.yml\n".encode())
    for name in ("sms", ".."):
        tree = repo.git("mktree", stdin=f"040000 tree {tree}\t{name}\n".encode())
    listing = repo.git("ls-tree", "HEAD") + f"\n040000 tree {tree}\tplans\n"
    whole = repo.git("mktree", stdin=listing.encode())
    commit = repo.git("commit-tree", whole, "-p", "HEAD", "-m", "Out")
    repo.git("update-ref", "refs/heads/main", commit)
    assert "plans/../sms/people.yml" in {entry.path for entry in door.tree(repo.path, commit)}
    proof = approved.proof()
    assert proof.register.settings.people
    assert {finding.rule for finding in proof.findings} == {"odd-file", "unreadable-under-control"}


def test_a_path_written_in_two_ways_is_found(approved: Play) -> None:
    for name in ("é.txt", "e\u0301.txt"):
        approved.repo.write(f"policies/{name}", name)
    step(approved)
    assert rules_found(approved) == {"odd-file"}


@pytest.mark.parametrize("name", ["--output=x", "-rf", "\udcff.md", "line\nbreak.md", ":(exclude)*"])
def test_a_path_that_looks_like_an_option(approved: Play, name: str, tmp_path: Path) -> None:
    approved.repo.write(f"policies/{name}", "x")
    step(approved)
    code, _ = verified(approved.repo)
    assert code in (0, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["repo"]


@pytest.mark.parametrize(
    "text",
    [
        "id: POL-001\n" + "[" * 200_000,
        "a: &a [x, x]\n"
        + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
        "---\nid: POL-001\nid: POL-002\n---\n# Two\n",
    ],
    ids=["brackets", "aliases", "twice"],
)
def test_what_would_choke_a_parser_is_a_finding(approved: Play, text: str) -> None:
    """In the place of a document it takes the document away; in the folder of approvals it is no statement."""
    approved.repo.write("policies/POL-001-policy.md", text)
    approved.repo.write("sms/approvals/2026/2026-01-10--anna-nowak--approve--00000000.yml", text)
    step(approved)
    assert rules_found(approved) == {"document-deleted", "statement-refused", "unreadable-under-control"}


@pytest.mark.parametrize(
    "text",
    [
        'schema: sms-approval/1\nevidence: [1]\n', 'schema: sms-approval/1\nrole: "\\ud800"\n', "\0", "schema", "- 1\n",
        'schema: sms-approval/1\nrole: ' + "[" * 100_000, '- {"document": [], "digest": ""}\n', "- {}\n",
        f"schema: sms-approval/1\nrole: {'9' * 100_000}\n",
    ],
    ids=range(9),
)  # fmt: skip
def test_no_statement_stops_the_proof(approved: Play, text: str) -> None:
    approved.repo.write("sms/approvals/2026/2026-01-10--anna-nowak--approve--00000000.yml", text)
    step(approved)
    assert rules_found(approved) == {"statement-refused"}


def test_a_giant_is_not_parsed(approved: Play) -> None:
    """Neither as a document nor as a statement; an attachment may be large."""
    giant = b"x: y\n" * 4_000_000
    approved.repo.write("policies/POL-001-policy.md", giant)
    approved.repo.write("policies/manual.pdf", giant)
    approved.repo.write("sms/approvals/2026/2026-01-10--anna-nowak--approve--00000000.yml", giant)
    step(approved)
    assert rules_found(approved) == {"document-deleted", "statement-refused", "unreadable-under-control"}


def test_naming_oneself_as_co_author_raises_no_doubt(tmp_path: Path) -> None:
    """As if the forge had squashed what somebody else wrote."""
    played, _ = play("anna issues POL-001 1.1: We serve Anna.\nanna approves POL-001\n", tmp_path / "repo")
    played.repo.git("reset", "--soft", "main")
    played.repo.switch("main")
    anna = small_sms.identity("anna")
    played.repo.commit("Squash", anna, played.when(), co_authors=[anna])
    assert rules_found(played) == {"statement-refused", "approval-missing"}


def test_a_copy_elsewhere_hides_no_document(approved: Play) -> None:
    """What a file is depends on its bytes; a copy that is no document, later or earlier in the listing, changes nothing."""
    repo = approved.repo
    for path in (
        "policies/POL-001-policy.md",
        "slas/SLA-001-desk.yml",
        "sms/records/incidents/INC-2026-0002-mail.yml",
    ):
        for copy in ("catalog/a", "sms/z", "sms/approvals/z", "sms/z.yml"):
            repo.write(
                f"{copy}{Path(path).suffix}.txt" if "yml" not in copy else copy,
                (repo.path / path).read_bytes(),
            )
    step(approved)
    replay = approved.replay()
    assert all(replay.versions.of_id(id_) for id_ in ("POL-001", "SLA-001", "INC-2026-0002"))
    for path in ("policies/POL-001-policy.md", "sms/records/incidents/INC-2026-0002-mail.yml"):
        (repo.path / path).unlink()
    step(approved)
    assert {"document-deleted", "record-disposed-unapproved"} <= rules_found(approved)


def test_the_gate_takes_no_rules_from_the_head(approved: Play, tmp_path: Path) -> None:
    repo = approved.repo
    repo.branch("change")
    repo.write("tooling/rules/silent.py", f"open({str(tmp_path / 'sprung')!r}, 'w')\nraise SystemExit(0)\n")
    repo.write("policies/POL-001-policy.md", "We serve Mallory.\n")
    head = repo.commit("Silence", small_sms.identity("mallory"), approved.when())
    ran = sms("gate", "--base", "main", "--head", head, cwd=repo.path)
    assert ran.code == 1
    assert "document-deleted" in ran.out
    assert not (tmp_path / "sprung").exists()
    assert rules_of(repo.path, repo.git("rev-parse", "main")) == built_in()


def test_who_signs_a_commit_wrote_it(tmp_path: Path) -> None:
    """Anna writes as Bob and signs the commit with her key; then she approves."""
    played, _ = play("bob issues POL-001 1.1: We serve Anna.", tmp_path / "repo")
    repo = played.repo
    signer = small_sms.key("anna").write(tmp_path / "anna")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", str(signer))
    who = identity(small_sms.identity("bob"), played.when())
    repo.git("commit", "--quiet", "--amend", "--no-edit", "-S", **who)
    repo.git("config", "--unset", "user.signingkey")
    assert sms("gate", "--history-only", cwd=repo.path).code == 1
    for line in ("anna approves POL-001", "merge by fast-forward"):
        act(played, line)
    rules = {finding.rule for finding in played.proof().findings}
    assert {"statement-refused", "approval-missing"} <= rules
    assert any("wrote part of it" in finding.message for finding in played.proof().findings)
