"""sms init --example --with-history: a past that proves itself, the same one every time."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.cli import sms

from smsrepo.check.catalogue import built_in
from smsrepo.check.verify import Proof, verify
from smsrepo.control.lineage import Revision
from smsrepo.control.register import Register, State
from smsrepo.control.settings import Settings
from smsrepo.errors import CannotRunError
from smsrepo.git.commits import Commit, write_history
from smsrepo.load.history import APPROVALS, GENESIS, load_history
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack import past
from smsrepo.pack.answers import Answers
from smsrepo.pack.contents import pack_root
from smsrepo.pack.init import make_repository
from smsrepo.pack.story import DEMONSTRATION, Earlier, key_file, read_story
from smsrepo.pack.story_keys import sign
from smsrepo.pack.story_texts import Texts, texts
from smsrepo.ssh.keys import read_public
from smsrepo.ssh.sshsig import NAMESPACE

DAY = date(2026, 11, 22)
ARCHIVE_MOVED = date(2025, 12, 1)
KEYS = pack_root() / DEMONSTRATION / "keys"
NOTHING = Earlier("", {}, frozenset(), (), ())


def made(path: Path) -> Path:
    make_repository(path, Answers(), example=True, commit=True, today=DAY, with_history=True)
    return path


def git(root: Path, *arguments: str) -> str:
    return subprocess.check_output(["git", "-C", str(root), *arguments], text=True).strip()


def files(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in git(root, "ls-files").splitlines()}


@pytest.fixture(scope="module")
def root(pristine_past: Path) -> Path:
    """The demonstration with its past."""
    return pristine_past


@pytest.fixture(scope="module")
def proof(root: Path) -> Proof:
    return verify(load_history(root, git(root, "rev-parse", "HEAD")), built_in().values(), DAY, DAY)


@pytest.fixture(scope="module")
def register(proof: Proof) -> Register:
    return proof.register


def revision(register: Register, id_: str, number: str) -> Revision:
    return next(r for r in register.lineages[id_].revisions if r.version.revision == number)


# --- what is made -------------------------------------------------------------------------------------------------


def test_it_is_the_same_every_time(
    root: Path, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for a caller whose git has settings of its own."""
    (tmp_path / "gitconfig").write_text("[core]\n\tautocrlf = true\n[i18n]\n\tcommitEncoding = latin1\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_DIR", str(example / ".git"))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = made(tmp_path / "again")
    monkeypatch.delenv("GIT_DIR")
    assert git(again, "rev-parse", "HEAD") == git(root, "rev-parse", "HEAD")


def test_it_ends_as_the_demonstration_without_a_past(root: Path, pristine_example: Path) -> None:
    with_past, without = files(root), files(pristine_example)
    statements = {path for path in with_past if path.startswith(APPROVALS)}
    assert statements
    assert with_past.keys() - statements == without.keys()
    assert [path for path in without if with_past[path] != without[path]] == [GENESIS]
    assert git(root, "status", "--porcelain") == ""


def test_its_past_is_proven(proof: Proof) -> None:
    assert [str(finding) for finding in proof.findings] == []
    assert proof.notes == ()
    assert proof.adopted == 0
    assert 0 < proof.signed < proof.acts


def test_its_check_is_clean(root: Path) -> None:
    ran = sms("check", "--fail-on", "warning", cwd=root)
    assert ran.code == 0, ran.out


TOLD_ONCE = {
    "broken-reference": "what it names came later",
    "missing-artefact": "the capacity requirements name later days",
    "other-party-part-unlisted": "the register of other parties names later days",
    "plan-not-aligned": "the plans name the revision of the service management plan that they agree with today",
    "security-control-without-risk": "the risks name later days",
    "unexplained-incident-without-problem": "the failure of February got its problem late: nonconformity NCR-2026-0005",
}
"""What an earlier day lacks, because most files enter the history once, as they stand at its end; with the reason."""


@pytest.mark.parametrize("day", ["2026-03-01", "2026-07-01", "2026-09-30"])
def test_on_a_day_of_operation_nothing_was_wrong_but_what_came_later(root: Path, day: str) -> None:
    commit = git(root, "rev-list", "-1", f"--before={day}T23:59:59Z", "HEAD")
    told = json.loads(sms("check", "--at", commit, "--as-of", day, "--format", "json", cwd=root).out)
    now = {match for path in files(root) for match in re.findall(r"/([A-Z]+(?:-[0-9]+)+)-", path)}
    assert {finding["rule"] for finding in told["findings"]} <= TOLD_ONCE.keys()
    missing = {
        match
        for finding in told["findings"]
        if finding["rule"] == "broken-reference"
        for match in re.findall(r"`([A-Z]+(?:-[0-9]+)+)`", finding["message"])
    }
    assert missing
    assert missing <= now


def test_one_commit_is_one_pull_request_or_what_the_collector_recorded(root: Path) -> None:
    lines = git(root, "log", "--reverse", "--format=%P|%cn <%ce>|%an|%s").splitlines()
    assert len(lines[0].split("|")[0]) == 0
    number = 0
    for line in lines:
        parents, committer, author, subject = line.split("|")
        assert " " not in parents
        assert committer == read_story().forge
        if author == "Harbourline forge":
            assert subject == f"Record the reviews of pull request {number}"
        else:
            number += 1
            assert subject.endswith(f"(#{number})")
    assert len({line.split("|")[2] for line in lines}) > 9


def test_the_demonstration_without_a_past_is_taken_over(pristine_example: Path) -> None:
    history = load_history(pristine_example, git(pristine_example, "rev-parse", "HEAD"))
    found = verify(history, built_in().values(), DAY, DAY)
    assert [str(finding) for finding in found.findings] == []
    standing = {one.id: one for one in found.register.documents(DAY)}
    assert found.adopted == len(standing)
    assert standing["POL-002"].state is State.EFFECTIVE
    assert standing["PRO-003"].state is State.OBSOLETE


# --- what is in force when ----------------------------------------------------------------------------------------


def truth() -> Iterator[tuple[date, dict[str, str]]]:
    """The table, column by column: the revisions in force by id."""
    table = (Path(__file__).parent / "register_truth.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("| ")]
    for at, day in enumerate(rows[0][1:], 1):
        yield date.fromisoformat(day), {row[0].split()[0]: row[at] for row in rows[1:] if row[at] != "–"}


@pytest.mark.parametrize(("day", "expected"), list(truth()), ids=[str(day) for day, _ in truth()])
def test_the_register_agrees_with_the_truth(
    root: Path, register: Register, day: date, expected: dict[str, str]
) -> None:
    found = {
        one.id: one.in_force.version.revision + ("*" if one.in_force.version.status == "obsolete" else "")
        for one in register.documents(day)
        if one.in_force
    }
    moved = {id_: "1.0" for id_, since in moved_in(root, register).items() if since <= day}
    assert found == expected | moved


def moved_in(root: Path, register: Register) -> dict[str, date]:
    """The documents that no chapter of the story brings, each with the latest day that its text names."""
    texts = {
        one.id: (root / one.latest.version.path).read_text()
        for one in register.documents(DAY)
        if one.id not in list(truth())[-1][1] and one.latest
    }
    named = {
        id_: map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", text)) for id_, text in texts.items()
    }
    return {id_: max([ARCHIVE_MOVED, *(day for day in days if day <= DAY)]) for id_, days in named.items()}


def test_the_truth_is_about_every_document_that_a_chapter_brings(register: Register) -> None:
    told = list(truth())[-1][1].keys()
    assert told <= {one.id for one in register.documents(DAY)}
    brought = {part for chapter in read_story().chapters for part in chapter.brings}
    named = {part.partition("@")[0] for part in brought}
    assert {one.id for one in register.documents(DAY)} & named == told
    changed = {
        id_
        for id_, one in register.lineages.items()
        if not one.revisions[0].version.type.is_record and len(one.revisions) > 1
    }
    assert changed <= told


# --- what it shows ------------------------------------------------------------------------------------------------


def test_an_agreement_that_two_people_approved(register: Register) -> None:
    acts = revision(register, "SLA-001", "1.0").acts
    assert {(act.person, act.statement.role, act.statement.assurance) for act in acts} == {
        ("hanna-virtanen", "service-owner", "signed"),
        ("tomas-berg", "management-representative", "signed"),
    }


def test_a_draft_that_was_rejected_and_came_back(register: Register) -> None:
    rejected = revision(register, "POL-002", "0.2")
    assert [(act.action, bool(act.statement.reason)) for act in rejected.acts] == [("reject", True)]
    assert revision(register, "POL-002", "1.0").approved


def test_superseded_revisions_are_texts_of_their_own(root: Path, register: Register) -> None:
    superseded = [
        (id_, found.version.revision)
        for id_, lineage in register.lineages.items()
        for found in lineage.released()
        if found.approved and found is not lineage.in_force(DAY) and found.start and found.start <= DAY
    ]
    assert sorted(superseded) == [
        ("AUP-001", "1.0"), ("CI-003", "1.0"), ("CI-004", "1.0"), ("CI-005", "1.0"), ("CI-005", "1.1"), ("CI-007", "1.0"),
        ("CUS-001", "1.0"), ("CUS-002", "1.0"), *((f"PLN-00{number}", "1.0") for number in range(1, 10)),
        ("POL-002", "1.0"), ("PRO-002", "1.0"), ("PRO-003", "1.0"), ("SVC-002", "1.0"),
    ]  # fmt: skip
    before = git(root, "cat-file", "-p", revision(register, "POL-002", "1.0").version.blob)
    assert "as the change manager announces each November" in before


def test_a_withdrawn_document_names_what_took_its_place(register: Register) -> None:
    withdrawn = revision(register, "PRO-003", "1.1")
    assert [act.action for act in withdrawn.acts] == ["withdraw"]
    successor = register.standing(withdrawn.version.fields["successor"], DAY)
    assert successor
    assert successor.state is State.EFFECTIVE


def test_a_revision_for_the_next_year_waits_for_its_day(register: Register) -> None:
    standing = register.standing("EXT-005", DAY)
    assert standing
    assert standing.in_force is revision(register, "EXT-005", "1.0")
    assert standing.latest is revision(register, "EXT-005", "1.1")
    assert standing.latest.approved
    assert standing.latest.start == date(2027, 1, 1)


def test_reviews_without_a_change_reset_the_clock(register: Register) -> None:
    reviewed = {id_: act.entered.date() for id_, one in register.lineages.items() for act in one.reviews}
    assert reviewed == {
        "OLA-001": date(2026, 11, 20), "PLN-001": date(2026, 11, 20), "PLN-003": date(2026, 11, 20),
        "PLN-004": date(2026, 11, 20), "PLN-005": date(2026, 11, 20), "POL-001": date(2026, 6, 12),
        "POL-003": date(2026, 11, 17), "PRC-002": date(2026, 11, 20), "PRO-001": date(2026, 11, 20),
    }  # fmt: skip
    standing = register.standing("POL-001", DAY)
    assert standing
    assert standing.next_review == date(2027, 6, 12)


def test_a_key_was_replaced(register: Register) -> None:
    old, new = register.settings.people["ingrid-solheim"].keys
    assert old.end
    assert old.end < DAY
    assert new.end is None
    approved, reviewed = revision(register, "POL-002", "2.0").acts, register.lineages["PLN-001"].reviews
    assert [act.key for act in approved] == [read_public(old.line).fingerprint]
    assert {act.key for act in reviewed} == {read_public(new.line).fingerprint}


def test_a_waiver_was_there_in_spring_and_is_gone(root: Path) -> None:
    spring = git(root, "rev-list", "-1", "--before=2026-05-01", "HEAD")
    assert "until: " in git(root, "show", f"{spring}:sms/waivers.yml")
    assert "waivers: []" in git(root, "show", "HEAD:sms/waivers.yml")


@pytest.mark.parametrize(
    ("id_", "statuses"),
    [
        ("ACT-2026-0001", ["open", "completed", "verified"]),
        ("CHG-2026-0006", ["raised", "approved", "implemented", "closed"]),
        ("HLD-2026-0001", ["open", "lifted"]),
        ("INC-2026-0003", ["resolved", "closed"]),
        ("NCR-2026-0001", ["open", "closed"]),
        ("AUR-2026-0001", ["reported", "reported"]),
        ("INC-2026-0001", ["closed", "closed"]),
    ],
)
def test_records_go_through_their_life(register: Register, id_: str, statuses: list[str]) -> None:
    """The last two were corrected after they had been closed."""
    found = register.lineages[id_].revisions
    assert [one.version.status for one in found] == statuses
    corrected = [bool(one.version.fields.get("corrections")) for one in found]
    assert corrected == ([False, True] if len(set(statuses)) == 1 else [False] * len(found))


def test_no_record_enters_before_the_day_it_was_made_or_long_after_what_it_tells(
    root: Path, register: Register
) -> None:
    records = [one.revisions[0] for one in register.lineages.values()]
    records = [first for first in records if first.version.type.is_record]
    assert len(records) > 500
    for first in records:
        entered = first.entered.date()
        assert date.fromisoformat(first.version.fields["recorded_on"]) <= entered, first.version.id
        text = (root / first.version.path).read_text()
        days = map(date.fromisoformat, re.findall(r"\b20\d\d-\d\d-\d\d\b", text))
        assert (entered - max(day for day in days if day <= entered)).days <= 37, first.version.id


# --- the keys -----------------------------------------------------------------------------------------------------


def test_everybody_has_a_public_demonstration_key() -> None:
    settings = Settings(load(WorktreeSource(pack_root())))
    registered = {key.line for one in settings.people.values() for key in one.keys}
    registered |= {key.line for one in settings.collectors.values() for key in one.keys}
    public = {file: file.read_text() for file in KEYS.glob("*.pub")}
    assert {" ".join(text.split()[:2]) for text in public.values()} == registered
    assert all(text.strip().endswith("PUBLIC DEMONSTRATION KEY – NEVER TRUST") for text in public.values())
    assert all(file.with_suffix("").is_file() for file in public)


def test_signatures_are_those_of_ssh_keygen(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(key_file("tomas-berg"))
    key.chmod(0o600)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE]
    made_by_ssh = subprocess.run(command, input=b"a statement", capture_output=True, check=True).stdout
    assert sign(b"a statement", "tomas-berg") == made_by_ssh


# --- the options --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--with-history", "--defaults"], "only the demonstration has a past"),
        (["--with-history", "--example", "--no-git"], "a history needs git"),
    ],
)
def test_a_past_needs_the_demonstration_and_git(tmp_path: Path, options: list[str], said: str) -> None:
    ran = sms("init", "x", *options, cwd=tmp_path)
    assert (ran.code, said in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_command_makes_it(tmp_path: Path, root: Path) -> None:
    ran = sms("init", "x", "--example", "--with-history", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "sms verify" in ran.out
    assert git(tmp_path / "x", "log", "-1", "--format=%s") == git(root, "log", "-1", "--format=%s")


# --- a story that does not hold -----------------------------------------------------------------------------------


def told(earlier: dict[str, Earlier]) -> Texts:
    header = b'id: POL-001\nrevision: "2.0"\neffective_from: "2026-01-01"\n'
    return texts(
        {"policies/POL-001-x.md": b"---\n" + header + b"---\n# Title\n\nOne. Two. Three.\n"}, earlier
    )


def test_earlier_texts_follow_from_later_ones() -> None:
    first = Earlier("", {"revision": "1.0"}, frozenset({"effective_from"}), (("Two.", "2."),), ())
    before = Earlier("POL-001@1.0", {"revision": "0.1"}, frozenset(), (), (("2.", "Three"),))
    found = told({"POL-001@1.0": first, "POL-001@0.1": before})
    one, two = (
        found.brought([name])["policies/POL-001-x.md"].decode() for name in ("POL-001@1.0", "POL-001@0.1")
    )
    assert one == '---\nid: POL-001\nrevision: "1.0"\n---\n# Title\n\nOne. 2. Three.\n'
    assert two == '---\nid: POL-001\nrevision: "0.1"\n---\n# Title\n\nOne. Three.\n'


@pytest.mark.parametrize(
    ("name", "earlier", "said"),
    [
        ("POL-009", {}, "there is no such file"),
        (
            "POL-001@1.0",
            {"POL-001@1.0": NOTHING._replace(instead=(("Four.", ""),))},
            "0 passages read 'Four.'",
        ),
        ("POL-001@1.0", {"POL-001@1.0": NOTHING._replace(cut=(("T", ""),))}, "3 passages read 'T'"),
    ],
)
def test_a_story_about_another_text_is_refused(name: str, earlier: dict[str, Earlier], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        told(earlier).brought([name])


def test_a_story_that_ends_elsewhere_is_refused(pristine_example: Path) -> None:
    story = read_story()
    final = files(pristine_example)
    chapters = tuple(one for one in story.chapters if "POL-002" not in one.brings)
    with pytest.raises(ValueError, match=r"POL-002-change-management-policy\.md"):
        past.commits(story._replace(chapters=chapters), final)


def test_a_history_that_leads_elsewhere_is_not_left_unsaid(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("now")
    one = Commit(
        "First\n", "A <a@b.example>", "A <a@b.example>", datetime(2026, 1, 1, tzinfo=UTC), {"a": b"then"}
    )
    with pytest.raises(CannotRunError, match="does not lead to the files that are there"):
        write_history(tmp_path, [one])


def test_files_that_run_are_committed_so(tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.write_bytes(b"#!/bin/sh\n")
    hook.chmod(0o755)
    people = "Åse Öberg <ase@b.example>"
    one = Commit(
        "Erste Änderung\n", people, people, datetime(2026, 1, 1, tzinfo=UTC), {"hook": b"#!/bin/sh\n"}
    )
    write_history(tmp_path, [one])
    assert git(tmp_path, "ls-tree", "HEAD").startswith("100755 blob")
    assert git(tmp_path, "log", "--format=%an %ct %s") == "Åse Öberg 1767225600 Erste Änderung"
