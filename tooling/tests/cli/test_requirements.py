"""sms gaps and sms explain: the same rows for the desk, for spreadsheets and from other texts."""

import builtins
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import openpyxl
import pytest
from support.cli import sms

from smsrepo.errors import UserError
from smsrepo.export.workbook import Sheet, workbook


def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def test_a_workbook_for_the_auditor(pristine_example: Path, tmp_path: Path) -> None:
    file = tmp_path / "coverage.xlsx"
    ran = sms("gaps", "--format", "xlsx", "--output", file, cwd=pristine_example)
    assert (ran.code, ran.out) == (0, f"Wrote {file}\n")
    made = book(file)
    assert made.sheetnames == ["Coverage", "Summary", "About"]
    sheet = made["Coverage"]
    assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (600, "A2", sheet.dimensions)
    heads = [cell.value for cell in sheet[1]]
    assert all(cell.font.bold for cell in sheet[1])
    assert {"Id", "State", "Missing", "Next command", "Edition of 2018", "Code of practice"} <= set(heads)
    states = {cell.value for cell in sheet["D"][1:]}
    assert states <= {"gap", "partial", "documented", "by judgement", "met"}
    summary = made["Summary"]
    assert [cell.value for cell in summary[summary.max_row]][:2] == ["All", 599]
    about = {line[0].value: line[1].value for line in made["About"].iter_rows()}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", about["As of"])
    assert "files on disk, on top of" in about["Revision"]
    assert "auditor says" in about["Presence is not adequacy"]
    again = tmp_path / "again.xlsx"
    sms("gaps", "--format", "xlsx", "--output", again, cwd=pristine_example)
    assert again.read_bytes() == file.read_bytes()


def test_a_workbook_of_a_view_and_a_commit(pristine_example: Path, tmp_path: Path) -> None:
    file = tmp_path / "view.xlsx"
    arguments = ("--view", "2018", "--clause", "6.1", "--at", "HEAD")
    assert sms("gaps", "--format", "xlsx", *arguments, "--output", file, cwd=pristine_example).code == 0
    clauses = [cell.value for cell in book(file)["Coverage"]["B"][1:]]
    assert 3 < len(clauses) < 30
    about = {line[0].value: line[1].value for line in book(file)["About"].iter_rows()}
    assert re.fullmatch(r"[0-9a-f]{40}", about["Revision"])
    assert about["View"] == "Edition of 2018: ISO/IEC 20000-1:2018"


def test_a_workbook_goes_into_a_pipe_but_not_to_the_screen(
    pristine_example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", "smsrepo", "gaps", "--format", "xlsx", "--clause", "4.1"]
    ran = subprocess.run(command, cwd=pristine_example, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    assert openpyxl.load_workbook(io.BytesIO(ran.stdout)).sheetnames[0] == "Coverage"
    monkeypatch.setattr("smsrepo.cli.gaps.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    refused = sms("gaps", "--format", "xlsx", cwd=pristine_example)
    assert refused.code == 2
    assert "--output coverage.xlsx" in refused.err


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UserError, match="openpyxl") as refused:
        workbook([], date(2026, 11, 20))
    assert "smsrepo[xlsx]" in refused.value.hint


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "plain", "with \x07 bell"])
def test_nothing_in_a_workbook_is_a_formula(value: str) -> None:
    raw = workbook([Sheet("One", (("Head", 10),), [[value, 3]])], date(2026, 11, 20))
    cell, number = openpyxl.load_workbook(io.BytesIO(raw))["One"][2]
    assert (cell.value, cell.data_type) == (value.replace("\x07", ""), "s")
    assert bool(cell.quotePrefix) == value.startswith(("=", "+", "-", "@"))
    assert (number.value, number.data_type) == (3, "n")


def test_text_and_tables_go_to_files(pristine_example: Path, tmp_path: Path) -> None:
    for format_ in ("text", "json", "csv"):
        file = tmp_path / format_
        arguments = ("gaps", "--clause", "4.1", "--format", format_)
        assert sms(*arguments, "--output", file, cwd=pristine_example).out == f"Wrote {file}\n"
        assert file.read_text() == sms(*arguments, cwd=pristine_example).out
    refused = sms("gaps", "--output", tmp_path / "no" / "file", cwd=pristine_example)
    assert refused.code == 2
    assert "cannot be written" in refused.err


@pytest.mark.parametrize(("view", "number"), [("2018", 101), ("code-of-practice", 581)])
def test_views(view: str, number: int, pristine_example: Path) -> None:
    rows = json.loads(sms("gaps", "--view", view, "--format", "json", cwd=pristine_example).out)
    assert len(rows) == number
    order = ["gap", "partial", "documented", "by judgement", "met", "maps to nothing"]
    states = [order.index(row["state"]) for row in rows]
    assert states == sorted(states)
    table = sms("gaps", "--view", view, "--format", "csv", cwd=pristine_example).out
    assert len(list(csv.DictReader(io.StringIO(table)))) == number
    text = sms("gaps", "--view", view, "--all", cwd=pristine_example).out
    assert f"\n{number} entries: " in text
    assert "\n  " + " " * 14 + " > sms " in text


def test_views_that_are_none(draft: Path) -> None:
    assert "Did you mean `2018`?" in sms("gaps", "--view", "2019", cwd=draft).err
    assert "clauses, 2018, code-of-practice" in sms("gaps", "--view", "x", cwd=draft).err
    (draft / "sms/requirements/crosswalk-2018.yml").write_text("title: x\n")
    assert "crosswalk-2018.yml:1:1: error: `to` is missing" in sms("check", cwd=draft).out
    refused = sms("gaps", "--view", "2018", cwd=draft)
    assert refused.code == 2
    assert "crosswalk-2018.yml cannot be used" in refused.err


def test_a_view_is_read_as_it_was_approved(example: Path) -> None:
    """Document control has begun there: what nobody approved is not shown."""
    (example / "sms/requirements/crosswalk-2018.yml").write_text("title: x\n")
    assert sms("gaps", "--view", "2018", cwd=example).code == 0


EXPLAINED = [
    ("4.1.2-b", ["Policy pledges", "Asks for   something written", "section Commitments: policies/POL-NNN-….md",
                 "POL-001 Service management policy, revision", "Edition of 2018, 5.2.1, 5.2.2"]),
    ("9.2-s16.1", ["reconstructed: worded from", "Schedule of change (SCH): Request for change where scheduled_for",
                   "change-in-freeze (error)", "records, newest CHG-", "Code of practice, 8.2.1"]),
    ("9.2-s2", ["Request for change where kind is removal", "Request for change: 1 record, newest CHG-"]),
    ("4.1.1-a", ["the history does not show the approval", "\nNext       sms "]),
    ("4.1.2-a", ["only a person can judge"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "parts"), EXPLAINED)
def test_explain_a_requirement(row: str, parts: list[str], pristine_example: Path) -> None:
    ran = sms("explain", row, cwd=pristine_example)
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"{row}: ")
    assert not [part for part in parts if part not in ran.out], ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_every_requirement_can_be_explained(pristine_example: Path) -> None:
    """Every row has something that serves it, evidence it needs or something that is missing, within the width."""
    from smsrepo.check.engine import Report
    from smsrepo.conformity import ledger
    from smsrepo.conformity.coverage import coverage
    from smsrepo.conformity.kinds import kinds
    from smsrepo.export.requirement_text import row_text
    from smsrepo.load.snapshot import load
    from smsrepo.load.source import WorktreeSource

    repo = load(WorktreeSource(pristine_example))
    known = ledger.read(repo)
    for row in coverage(repo, Report(()), date(2026, 11, 20)):
        codes = (*row.requirement.documents, *row.requirement.records)
        text = click.unstyle(row_text(row, kinds(repo, known, codes), (), ()))
        assert row.state == "met" or row.missing or row.requirement.judgement, text
        assert not [line for line in text.splitlines() if len(line) > 100], text


def test_explain_a_clause(pristine_example: Path) -> None:
    text = sms("explain", "4.1.2", cwd=pristine_example).out
    assert text.startswith("Clause 4.1.2 Service management policy: 7 requirements\n")
    assert "More about one of them: sms explain 4.1.2-s1" in text
    assert "4.5.5.2" in sms("explain", "4.5", cwd=pristine_example).out
    assert "Clause 4.1 Leadership: 24 requirements" in sms("explain", "4.1", cwd=pristine_example).out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("4.1.2-z", "Clause 4.1.2 has 4.1.2-s1, "),
        ("4.1.2a", "Did you mean `4.1.2-a`?"),
        ("99", "sms gaps --all"),
    ],
)
def test_explain_what_is_unknown(name: str, hint: str, pristine_example: Path) -> None:
    ran = sms("explain", name, cwd=pristine_example)
    assert ran.code == 2
    assert f"no requirement or clause `{name}`" in ran.err
    assert hint in ran.err


def test_the_next_commands_exist(pristine_example: Path) -> None:
    """What gaps propose is a command of smsrepo, and what it names is a type, a document or a file."""
    from smsrepo.cli.main import cli
    from smsrepo.load.snapshot import load
    from smsrepo.load.source import WorktreeSource

    repo = load(WorktreeSource(pristine_example))
    rows = json.loads(sms("gaps", "--format", "json", cwd=pristine_example).out)
    for command in {row["next"] for row in rows} - {""}:
        _, verb, *names = command.split()
        assert verb in cli.commands or verb in cli.list_commands(None)  # type: ignore[arg-type] # needs none
        if verb == "new":
            fields = {field.name for field in repo.types[names[0]].fields}
            assert {name.partition("=")[0] for name in names[1:] if "=" in name} <= fields
        elif verb in ("check", "todo", "status", "review"):
            assert all(name in repo.by_id or name in repo.by_path for name in names), command


def test_a_gap_can_fail_a_pipeline(pristine_example: Path) -> None:
    rows = json.loads(sms("gaps", "--clause", "4", "--format", "json", cwd=pristine_example).out)
    states = {row["state"] for row in rows}
    for limit, worse in (
        ("gap", {"gap"}),
        ("partial", {"gap", "partial"}),
        ("documented", {"gap", "partial", "documented"}),
    ):
        ran = sms("gaps", "--clause", "4", "--fail-on", limit, cwd=pristine_example)
        assert ran.code == int(bool(states & worse))


def test_explain_as_of_a_day(pristine_example: Path) -> None:
    """Before the end of the year no cost report of it was there, nor any other record."""
    then = sms("explain", "4.5.4.3-g", "--as-of", "2025-12-01", cwd=pristine_example)
    now = sms("explain", "4.5.4.3-g", cwd=pristine_example)
    assert then.code == now.code == 0, then.err
    assert then.out != now.out


def test_a_view_that_cannot_be_used_is_told(example: Path, tmp_path: Path) -> None:
    """It is an error of sms check, and whoever makes a workbook or asks for a row hears what is left out."""
    broken = "sms/requirements/crosswalk-2018.yml"
    shutil.rmtree(example / ".git")  # with its history, what was approved last would be shown
    shutil.rmtree(example / "sms/approvals", ignore_errors=True)
    (example / broken).write_text("title: [")
    assert broken in sms("check", cwd=example).out
    made = sms("gaps", "--format", "xlsx", "--output", tmp_path / "coverage.xlsx", cwd=example)
    assert f"{broken} is left out" in made.err
    assert f"{broken} is left out" in sms("explain", "4.1.2-b", cwd=example).err
    assert "cannot be used" in sms("gaps", "--view", "2018", cwd=example).err
