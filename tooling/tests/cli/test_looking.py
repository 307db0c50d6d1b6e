"""What sms status, register, show and diff tell of a history."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner
from support.cli import Ran, sms
from support.scenario import play

from smsrepo.cli.main import cli

STORY = """
on 2026-01-12
bob issues POL-001 1.1: We serve very well.
anna approves POL-001
merge
erik reviews POL-001
merge
bob issues POL-001 1.2: We serve badly.
anna approves POL-001
merge
anna revokes POL-001
merge
bob issues POL-002 1.1 effective_from=2026-03-01: We change with great care.
anna approves POL-002
merge
bob deletes PRO-001
merge
bob moves slas/SLA-001-desk.yml to slas/desks/SLA-001-desk.yml
merge
bob edits SLA-001 revision=1.1 status=draft: The desk answers quickly.
merge
bob adds POL-005 as policy-change in policies/POL-005-new.md status=draft: A draft.
merge
bob deletes POL-005
merge
bob adds POL-006 as policy-change in policies/POL-006-new.md revision=0.1: Fresh.
anna rejects POL-006
merge
anna sets sms/people.yml people[anna-nowak].keys[0].compromised_on to "2026-02-01"
erik approves sms/people.yml
merge
bob sets sms/control.yml reviews.policy-change to P6M
merge
on 2026-02-03
carol edits INC-2026-0001 status=closed
merge
dora issues POL-001 1.3 effective_from=2026-02-10: We serve very well and fast.
erik approves POL-001
merge
"""
FEBRUARY, SUMMER = "2026-02-04", "2026-08-01"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a document for each matter; never change it."""
    played, _ = play(STORY, tmp_path_factory.mktemp("looking") / "repo")
    return played.repo.path


@pytest.fixture
def mine(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(told, tmp_path / "mine"))


def look(root: Path, *arguments: str, on: str = FEBRUARY) -> Ran:
    ran = sms("-C", root, *arguments, "--as-of", on)
    assert ran.code == 0, ran.err
    return ran


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


MISSING = "an approval as top-management (Anna Nowak or Erik Roth) is missing"
KEY = "a key that signed the approval of anna-nowak was declared compromised"


def test_status_by_what_is_to_be_done(told: Path) -> None:
    assert look(told, "status").out.splitlines() == [
        "Approval in doubt",
        f"  POL-001 1.1 Policy: {KEY}; applies later (POL-001 1.3): from 2026-02-10; 1.1 stays in force",
        "",
        "Main holds something else than what is in force",
        "  PRO-001 1.0 Documents: its file was deleted on 2026-01-12; 1.0 stays in force",
        "",
        "Waits for approval",
        f"  POL-006 0.1 POL-006: Anna Nowak rejected it; {MISSING}; nothing is in force",
        "",
        "Policy changes that wait for approval",
        f"  sms/control.yml: changed on 2026-01-12; {MISSING}",
        "",
        "Drafted",
        "  SLA-001 1.1 Desk: on 2026-01-12; 1.0 stays in force",
        "",
        "Applies later",
        "  POL-002 1.1 Changes: from 2026-03-01; 1.0 stays in force",
        "",
        "5 documents as of 2026-02-04: 4 in force, 1 in review; newer revisions: 1 draft, 2 approved for later.",
    ]


@pytest.mark.parametrize(
    ("on", "line"),
    [
        ("2026-01-11", "4 documents as of 2026-01-11: 4 in force."),
        ("2026-02-03", "  sms/control.yml: changed on 2026-01-12; " + MISSING),
        ("2027-02-04", "  POL-001 1.3 Policy: since 2027-02-03"),
        ("2027-02-04", f"  POL-002 1.1 Changes: {KEY}; review overdue: since 2027-01-12"),
    ],
)
def test_status_on_a_day(told: Path, on: str, line: str) -> None:
    assert line in look(told, "status", on=on).out.splitlines()


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("POL-001", [
            "POL-001 Policy",
            "type Service management policy (policy-service-management)",
            "path policies/POL-001-policy.md",
            "state effective",
            "in force 1.1 since 2026-01-12",
            "approved by Anna Nowak as top-management, entered 2026-01-12, signed",
            "newest 1.3, approved",
            f"in doubt {KEY}",
            "next review 2027-01-12",
            "reviewed revision 1.1, Erik Roth as top-management, entered 2026-01-12, signed",
            "Revision State Entered Effective Approved by What changed",
            "1.0 superseded 2026-01-05 before 2026-01-05 to 2026-01-12 taken over First issue.",
            "1.1 effective 2026-01-12 2026-01-12 to 2026-02-10 Anna Nowak First issue.",
            "1.2 revoked 2026-01-12 First issue.",
            "1.3 approved 2026-02-03 from 2026-02-10 Erik Roth First issue.",
        ]),
        ("PRO-001", ["approved by taken over on 2026-01-05, when document control began", "deleted on 2026-01-12"]),
        ("SLA-001", ["path slas/desks/SLA-001-desk.yml", "newest 1.1, draft"]),
        ("POL-006", ["state in review", f"missing Anna Nowak rejected it; {MISSING}", "decided rejected by Anna Nowak on 2026-01-12: “”"]),
        ("POL-005", ["POL-005: a draft that was deleted on 2026-01-12; it was never in force."]),
        ("INC-2026-0001", [
            "INC-2026-0001 Mail down",
            "path sms/records/incidents/INC-2026-0001-mail.yml",
            "status closed",
            "closed on 2026-02-03",
            "corrections none",
            "open 2026-01-05 taken over",
        ]),
    ],
)  # fmt: skip
def test_status_of_one(told: Path, id_: str, expected: list[str]) -> None:
    lines = squeezed(look(told, "status", id_).out)
    assert [line for line in lines if line in expected] == expected


def test_status_of_several(told: Path) -> None:
    out = look(told, "status", "POL-001", "SLA-001", "POL-001").out
    assert [line for line in out.splitlines() if line[:3] in ("POL", "SLA")] == [
        "POL-001 Policy",
        "SLA-001 Desk",
    ]


def test_status_says_what_is_not_committed(mine: Path) -> None:
    policy, agreement = mine / "policies/POL-001-policy.md", mine / "slas/desks/SLA-001-desk.yml"
    policy.write_bytes(policy.read_bytes().replace(b"\n", b"\r\n"))
    assert "Not committed" not in look(mine, "status").out
    policy.write_text(policy.read_text() + "More.\n")
    agreement.unlink()
    line = "Not committed: {}. What is said above is judged from HEAD."
    both = "policies/POL-001-policy.md, slas/desks/SLA-001-desk.yml"
    assert look(mine, "status").out.endswith(line.format(both) + "\n")
    assert look(mine, "status", "SLA-001").out.endswith(line.format("slas/desks/SLA-001-desk.yml") + "\n")
    assert "Not committed" not in look(mine, "status", "POL-002").out
    assert "Not committed" not in look(mine, "status", "--at", "main").out


def test_status_says_that_head_is_not_main(mine: Path) -> None:
    from support.gitrepo import GitRepo

    GitRepo(mine).git("checkout", "--quiet", "-b", "work", "HEAD~1")
    expected = "This is judged from HEAD, which is not main: approvals count once they are on main."
    assert expected in look(mine, "status").out.splitlines()
    assert expected not in look(mine, "status", "--at", "main").out


def test_register(told: Path) -> None:
    heads = "Id Title Revision State Effective since Owner Approved by Next review"
    anna, erik = "Anna Nowak (top-management)", "Erik Roth (top-management)"
    kept = [
        "PRO-001 Documents 1.0 effective before 2026-01-05 sms-manager taken over",
        "SLA-001 Desk 1.0 effective before 2026-01-05 service-owner taken over",
    ]
    assert squeezed(look(told, "register", on=SUMMER).out) == [
        heads,
        f"POL-001 Policy 1.3 effective 2026-02-10 sms-manager {erik} 2027-02-03",
        f"POL-002 Changes 1.1 effective, in doubt 2026-03-01 sms-manager {anna} 2027-01-12",
        *kept,
        "4 documents as of 2026-08-01.",
    ]
    every = squeezed(look(told, "register", "--all").out)
    assert every[1:3] == [
        f"POL-001 Policy 1.1 effective, in doubt 2026-01-12 sms-manager {anna} 2027-01-12",
        f"POL-001 Policy 1.3 approved 2026-02-10 sms-manager {erik}",
    ]
    assert "POL-006 POL-006 0.1 in review sms-manager" in every
    assert "SLA-001 Desk 1.1 draft service-owner" in every
    assert "2027-02-03 overdue" in look(told, "register", on="2027-02-04").out


def test_register_as_data(told: Path) -> None:
    first, second, *_ = json.loads(look(told, "register", "--format", "json", on=SUMMER).out)
    statement = first["approved_by"][0].pop("statement")
    assert statement.startswith("sms/approvals/2026/2026-02-03--erik-roth--approve--")
    assert first == {
        "id": "POL-001", "title": "Policy", "type": "policy-service-management", "revision": "1.3", "state": "effective",
        "effective_since": "2026-02-10", "effective_until": None, "owner": "sms-manager",
        "approved_by": [{"person": "erik-roth", "name": "Erik Roth", "role": "top-management",
                         "entered": "2026-02-03", "assurance": "signed"}],
        "next_review": "2027-02-03", "doubt": "", "path": "policies/POL-001-policy.md", "taken_over": False,
    }  # fmt: skip
    assert second["doubt"] == KEY
    rows = list(csv.DictReader(io.StringIO(look(told, "register", "--all", "--format", "csv").out)))
    assert [(row["id"], row["revision"], row["state"]) for row in rows[:2]] == [
        ("POL-001", "1.1", "effective"),
        ("POL-001", "1.3", "approved"),
    ]
    assert rows[0]["effective_until"] == "2026-02-10"


def test_csv_runs_no_formula() -> None:
    from smsrepo.export.csv_table import as_csv

    assert as_csv(["a", "b"], [{"a": "=cmd()", "b": "fine"}]) == "a,b\n'=cmd(),fine\n"


@pytest.mark.parametrize(
    ("document", "on", "text", "note"),
    [
        ("POL-001", FEBRUARY, "We serve very well.\n", "POL-001 1.1, effective since 2026-01-12"),
        ("POL-001", SUMMER, "We serve very well and fast.\n", "POL-001 1.3, effective since 2026-02-10"),
        ("POL-001@1.0", FEBRUARY, "We serve.\n", "POL-001 1.0, superseded on 2026-01-12 by 1.1"),
        ("POL-001@1.2", FEBRUARY, "We serve badly.\n", "POL-001 1.2, its approval was taken back on 2026-01-12"),
        ("POL-001@1.3", FEBRUARY, "We serve very well and fast.\n", "POL-001 1.3, approved, applies from 2026-02-10"),
        ("POL-001@1.3", "2026-02-01", "We serve very well and fast.\n", "POL-001 1.3, entered on 2026-02-03, after 2026-02-01"),
        ("POL-006@0.1", FEBRUARY, "Fresh.\n", "POL-006 0.1, in review: not in force"),
        ("PRO-001", FEBRUARY, "word59\n", "PRO-001 1.0, effective since before 2026-01-05"),
        ("INC-2026-0001", FEBRUARY, "status: closed\n", "INC-2026-0001, closed, as it entered on 2026-02-03"),
        ("INC-2026-0001", "2026-01-20", "status: open\n", "INC-2026-0001, open, as it entered on 2026-01-05"),
    ],
)  # fmt: skip
def test_show(told: Path, document: str, on: str, text: str, note: str) -> None:
    ran = CliRunner().invoke(cli, ["-C", str(told), "show", document, "--as-of", on])
    assert (ran.exit_code, ran.stderr) == (0, f"{note}\n")
    assert ran.stdout.endswith(text)


def test_show_gives_the_exact_bytes(told: Path) -> None:
    ran = CliRunner().invoke(cli, ["-C", str(told), "show", "POL-001@1.3", "--as-of", FEBRUARY])
    assert ran.stdout_bytes == (told / "policies/POL-001-policy.md").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["POL-001"], [
            "POL-001 1.1 → 1.3",
            "Header",
            "  revision: [-1.1-] → {+1.3+}",
            "  effective_from: (none) → {+2026-02-10+}",
            "",
            "… 2 lines unchanged",
            "We serve very [-well.-] {+well and fast.+}",
        ]),
        (["POL-001", "1.0", "1.1"], [
            "POL-001 1.0 → 1.1",
            "Header",
            "  revision: [-1.0-] → {+1.1+}",
            "",
            "… 2 lines unchanged",
            "We [-serve.-] {+serve very well.+}",
        ]),
        (["SLA-001"], [
            "SLA-001 1.0 → 1.1",
            "Header",
            "  revision: [-1.0-] → {+1.1+}",
            "  status: [-issued-] → {+draft+}",
            "",
            "description: The desk [-answers.-] {+answers quickly.+}",
        ]),
        (["POL-001", "1.3"], ["POL-001 1.3 is compared with itself: nothing differs. Name two of its revisions: 1.0, 1.1, 1.2, 1.3."]),
    ],
)  # fmt: skip
def test_diff(told: Path, arguments: list[str], expected: list[str]) -> None:
    assert look(told, "diff", *arguments).out.splitlines() == expected


def test_diff_has_colours_unless_they_are_not_wanted(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["-C", str(told), "diff", "POL-001", "--as-of", FEBRUARY]
    assert "\x1b[31m[-well.-]\x1b[0m" in CliRunner().invoke(cli, arguments, color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(cli, arguments, color=True).stdout


def test_diff_names_attachments(tmp_path: Path) -> None:
    story = """
    bob writes policies/figures/a.txt: one
    bob writes policies/figures/b.txt: one
    bob issues POL-001 1.1 attachments=["figures/a.txt","figures/b.txt"]
    anna approves POL-001
    merge
    bob writes policies/figures/a.txt: two
    bob writes policies/figures/c.txt: three
    bob issues POL-001 1.2 attachments=["figures/a.txt","figures/c.txt"]
    merge
    """
    root = play(story, tmp_path / "repo")[0].repo.path
    assert look(root, "diff", "POL-001").out.splitlines()[-3:] == [
        "Attachment figures/a.txt: changed",
        "Attachment figures/b.txt: removed",
        "Attachment figures/c.txt: added",
    ]


def test_text_in_other_lines_is_not_marked() -> None:
    from smsrepo.control.document_diff import document_diff
    from smsrepo.export.diff_text import render

    before, after = (
        b"---\na: 1\n---\n# A\n\nOne two\nthree four.\n\nMore.\n",
        b"---\na: 1\n---\n# A\n\nOne two three\nfour.\n\nMore.\n",
    )
    assert (
        unstyle(render(document_diff("a.md", before, after)))
        == "… 6 lines with the same words, but other line breaks\n"
    )
    changed = after.replace(b"four.", b"five.")
    assert "One two three [-four.-]\n{+five.+}" in unstyle(render(document_diff("a.md", before, changed)))
    assert render(document_diff("a.md", before, before)) == "Nothing differs.\n"


def test_text_does_nothing_to_the_terminal() -> None:
    from smsrepo.control.document_diff import document_diff
    from smsrepo.export.diff_text import render

    assert unstyle(render(document_diff("a.md", b"", b"\x1b[2Jgone\n"))) == "{+?[2Jgone+}\n"


def test_status_of_old_bytes_that_came_back(tmp_path: Path) -> None:
    story = """
    bob issues POL-001 1.1: We serve well.
    anna approves POL-001
    merge
    bob issues POL-001 1.0: We serve.
    merge
    """
    root = play(story, tmp_path / "repo")[0].repo.path
    lines = look(root, "status").out.splitlines()
    assert lines[:2] == [
        "Main holds something else than what is in force",
        "  POL-001 1.0 Policy: these are the bytes of an earlier revision; 1.1 stays in force",
    ]


def test_a_bare_repository_will_do(told: Path, tmp_path: Path) -> None:
    from support.gitrepo import GitRepo

    (tmp_path / "sms").mkdir()
    (tmp_path / "sms/sms.yml").write_text("of another SMS")
    GitRepo(told).git("clone", "--quiet", "--bare", str(told), str(tmp_path / "bare.git"))
    assert look(tmp_path / "bare.git", "register").out == look(told, "register").out
    assert look(tmp_path / "bare.git", "status").out == look(told, "status").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["status", "POL-01"], "there is no document or record `POL-01` under control\n  Did you mean `POL-001`?"),
        (["show", "pol-001"], "Did you mean `POL-001`?"),
        (["show", "XYZ"], "sms register --all lists the documents."),
        (["show", "POL-001@9.9"], "POL-001 has no revision `9.9`\n  There are: 1.0, 1.1, 1.2, 1.3."),
        (["show", "POL-001", "9.9"], "POL-001 has no revision `9.9`"),
        (["show", "POL-001@1.0", "1.1"], "two revisions are named, 1.0 and 1.1"),
        (["show", "INC-2026-0001@1.0"], "records have no revisions"),
        (["show", "POL-006"], "no revision of POL-006 was in force on 2026-02-04\n  Name a revision, such as POL-006 0.1."),
        (["diff", "POL-001", "1.9"], "POL-001 has no revision `1.9`"),
        (["diff", "POL-006"], "nothing to compare with\n  Read it whole: sms show POL-006@0.1."),
        (["diff", "PRO-001"], "PRO-001 was not there on 2026-02-04"),
        (["diff", "INC-2026-0001"], "INC-2026-0001 is a record and has no revisions"),
        (["status", "--at", "nowhere"], "there is no commit `nowhere`"),
    ],
)  # fmt: skip
def test_mistakes(told: Path, arguments: list[str], message: str) -> None:
    ran = sms("-C", told, *arguments, "--as-of", FEBRUARY)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.parametrize("arguments", [["status"], ["register"], ["show", "POL-001"], ["diff", "POL-001"]])
def test_before_control_began(pristine_draft: Path, tmp_path: Path, arguments: list[str]) -> None:
    ran = sms("-C", pristine_draft, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "document control has not begun here" in ran.err
    shutil.copytree(pristine_draft, tmp_path / "plain", ignore=shutil.ignore_patterns(".git"))
    ran = sms("-C", tmp_path / "plain", *arguments)
    assert (ran.code, ran.out) == (3, "")
