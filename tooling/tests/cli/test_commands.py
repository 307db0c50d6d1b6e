"""What each command prints, and its exit code."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

from support.cli import sms

ROOT = Path(__file__).parents[3]
POLICY = "policies/POL-002-change-management-policy.md"


def spoil(root: Path) -> None:
    file = root / POLICY
    file.write_text(file.read_text().replace("owner: change-manager", "owner: change: manager, 50%"))


def test_clean(pristine_example: Path) -> None:
    ran = sms("check", cwd=pristine_example)
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"\d+ artefacts checked in \d\.\d s: no errors, no warnings\.\n", ran.out)


def test_the_project_itself_is_clean() -> None:
    ran = sms("check", "--fail-on", "warning", cwd=ROOT)
    assert ran.code == 0, ran.out


def test_text(example: Path) -> None:
    spoil(example)
    ran = sms("check", cwd=example)
    assert ran.code == 1
    assert f"{POLICY}:8:14: error: a colon inside the value" in ran.out
    assert "    Put the value in quotes" in ran.out
    assert "[unreadable-file, clause 4.3.2 f, 4.3.3]" in ran.out
    assert re.search(
        r"^\d+ artefacts checked in \d\.\d s, 1 file unreadable: 1 error, no warnings\.$",
        ran.out,
        re.MULTILINE,
    )


def test_json(example: Path) -> None:
    spoil(example)
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert list(report["findings"][0]) == [
        "rule", "severity", "path", "line", "column", "pointer", "message", "hint", "requirements",
        "commit",
    ]  # fmt: skip
    assert list(report) == ["findings", "waived", "waiting", "summary"]
    assert {"artefacts", "unreadable", "errors", "warnings", "seconds"} == set(report["summary"])
    assert (report["summary"]["errors"], report["summary"]["unreadable"]) == (1, 1)


def test_github(example: Path) -> None:
    file = example / POLICY
    file.write_text(file.read_text().replace("status: issued", "status: 50%, or: x"))
    ran = sms("check", "--format", "github", cwd=example)
    assert ran.out.startswith(
        f"::error file={POLICY},line=6,col=16,title=unreadable-file::a colon inside the value"
    )
    file.write_text(file.read_text().replace("50%, or: x", '"50%, or"'))
    assert "found `50%25, or`" in sms("check", "--format", "github", cwd=example).out.splitlines()[0]


def test_paths_limit_what_is_shown(example: Path) -> None:
    spoil(example)
    assert sms("check", POLICY, cwd=example).code == 1
    assert sms("check", "policies/", cwd=example).code == 1
    assert sms("check", ".", cwd=example).code == 1
    elsewhere = sms("check", "slas", "plans", cwd=example)
    assert (elsewhere.code, "gave no verdict" in elsewhere.out) == (1, True)
    assert sms("check", "nowhere", cwd=example).code == 2
    assert "outside the repository" in sms("check", "..", cwd=example).err


def test_works_from_below_and_from_outside(example: Path) -> None:
    assert sms("check", cwd=example / "sms" / "records").code == 0
    assert sms("-C", example, "check", cwd=ROOT).code == 0


def test_fail_on_warning_and_as_of(example: Path) -> None:
    later = ("check", "--as-of", "2026-12-15")  # an action has fallen due by then
    ran = sms(*later, cwd=example)
    assert "[action-overdue" in ran.out
    assert sms(*later, "--fail-on", "warning", cwd=example).code == 1
    assert sms("check", "--as-of", "someday", cwd=example).code == 2


def test_at_a_commit(example: Path) -> None:
    spoil(example)
    assert sms("check", cwd=example).code == 1
    assert sms("check", "--at", "HEAD", cwd=example).code == 0
    assert sms("check", "--at", "nowhere", cwd=example).code == 2


def test_waiver_covers_until_its_day(example: Path) -> None:
    waiver = """waivers:
- rule: action-overdue
  artefact: ACT-2026-0007
  reason: The owner is on leave.
  by: tomas-berg
  until: "2026-12-20"
"""
    (example / "sms/waivers.yml").write_text(waiver)
    ran = sms("check", "--as-of", "2026-12-15", cwd=example)
    assert "ACT-2026-0007" not in ran.out
    assert "1 waived" in ran.out
    ran = sms("check", "--as-of", "2026-12-21", cwd=example)
    assert "[action-overdue" in ran.out
    assert "sms/waivers.yml:6:10: error: the waiver" in ran.out


def test_explain(tmp_path: Path) -> None:
    ran = sms("explain", "broken-link", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("# broken-link\n")
    assert "Severity: error. Requirements: 4.3.2-e." in ran.out
    everything = sms("explain", cwd=tmp_path).out
    assert "broken-link" in everything
    assert len(everything.splitlines()) > 70
    assert "Did you mean `broken-link`?" in sms("explain", "broken-lnk", cwd=tmp_path).err
    assert "lists all rules" in sms("explain", "xyzzy", cwd=tmp_path).err
    assert "not in an SMS repository" in sms("explain", "4.3.2", cwd=tmp_path).err


def test_todo(draft: Path) -> None:
    ran = sms("todo", cwd=draft)
    assert "POL-002 Change management policy" in ran.out
    assert "sms/assignments.yml:" in ran.out
    count = int(re.search(r"^(\d+) decisions open\.$", ran.out, re.MULTILINE)[1])  # type: ignore[index] # fails if not
    assert count == len(re.findall(r":\d+  ", ran.out)) > 20
    only = sms("todo", "POL-002", cwd=draft).out
    assert "sms/assignments.yml" not in only
    assert sms("todo", "POL-099", cwd=draft).code == 2


def test_no_decision_is_open(pristine_example: Path) -> None:
    assert sms("todo", cwd=pristine_example).out == "No decision is open.\n"


def test_gaps_are_told_worst_first(pristine_draft: Path, pristine_past: Path) -> None:
    ran = sms("gaps", "--clause", "9", cwd=pristine_draft)
    assert re.findall(r"^([A-Z]+):", ran.out, re.MULTILINE) == ["GAP", "PARTIAL"]
    ran = sms("gaps", cwd=pristine_past)
    assert ran.code == 0
    assert re.findall(r"^([A-Z ]+):", ran.out, re.MULTILINE) == ["BY JUDGEMENT"]
    total, parts = re.search(r"^(\d+) requirements: (.+)\.$", ran.out, re.MULTILINE).groups()  # type: ignore[union-attr] # fails if not
    assert sum(int(part.split()[0]) for part in parts.split(", ")) == int(total) == 599
    assert "\nMET:" in sms("gaps", "--all", cwd=pristine_past).out


def test_gaps_of_a_clause_as_data(pristine_example: Path) -> None:
    rows = json.loads(sms("gaps", "--clause", "4.1.2", "--format", "json", cwd=pristine_example).out)
    assert {row["clause"] for row in rows} == {"4.1.2"}
    assert len(rows) == 7
    table = list(
        csv.DictReader(
            io.StringIO(sms("gaps", "--clause", "4.1", "--format", "csv", cwd=pristine_example).out)
        )
    )
    assert len(table) == 24
    assert "no clause 3 among" in sms("gaps", "--clause", "3", cwd=pristine_example).err


def test_csv_runs_no_formula() -> None:
    from smsrepo.conformity.coverage import Covered, State
    from smsrepo.conformity.ledger import Requirement
    from smsrepo.export.coverage_table import as_csv

    row = Requirement("4.1-a", "4.1", "a", "=cmd()", "role", (), (), False, False)
    assert "'=cmd()" in as_csv([Covered(row, State.GAP, (), (), ("+1",), "")])


def test_help_names_every_command() -> None:
    ran = sms("--help")
    assert ran.code == 0
    for command in ("init", "new", "check", "explain", "todo", "gaps", "site"):
        assert f"  {command} " in ran.out
        assert sms(command, "--help").code == 0
        assert f"sms {command}" in (ROOT / "README.md").read_text()


def test_the_day_is_today_but_in_a_demonstration(draft: Path, pristine_example: Path) -> None:
    from smsrepo.cli.common import day_of, load_repository

    assert day_of(load_repository(draft), None) == date.today()
    assert day_of(load_repository(pristine_example), None) == date(2026, 11, 22)
