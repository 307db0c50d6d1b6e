"""What somebody sees who meets an SMS for the first time: the gaps at a glance, the types, and each of them explained."""

import re
from pathlib import Path

import pytest
from support.cli import sms
from support.memory import ROOT

from smsrepo.load.schemas import Schemas
from smsrepo.load.shapes import conditions, parts_of, words_of
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource

TYPES = sorted(load(WorktreeSource(ROOT)).types)


def test_much_that_is_open_is_summed_up(pristine_draft: Path) -> None:
    out = sms("gaps", cwd=pristine_draft).out
    assert len(out.splitlines()) < 70
    assert max(len(line) for line in out.splitlines() if not line.startswith("Document control")) <= 100
    assert re.search(r"^8\.2 Problem management +[·\d]+", out, re.MULTILINE)
    assert "\n599 requirements: " in out
    steps = re.findall(r"^  (sms \w+).*  (\d+) rows?$", out, re.MULTILINE)
    assert 5 <= len(steps) <= 10
    assert int(steps[0][1]) >= 20
    commands = [command for command, _ in steps]
    assert commands == sorted(commands, key=lambda command: command == "sms new"), (
        "decisions come before new records"
    )
    assert "management-review" not in out
    assert "sms gaps --all" in out


def test_little_that_is_open_is_listed(pristine_draft: Path) -> None:
    listed = sms("gaps", "--clause", "4.1.1", cwd=pristine_draft).out
    assert "\n  4.1.1-a " in listed
    assert "Do next" not in listed
    assert sms("gaps", "--all", cwd=pristine_draft).out.count("\n  4.1.1-") == 8


@pytest.mark.parametrize(
    ("format_", "name", "right"),
    [("xlsx", "g.pdf", "g.xlsx"), ("csv", "g.json", "g.csv"), ("text", "g.xlsx", "g.txt")],
)
def test_a_file_is_named_for_what_it_holds(
    format_: str, name: str, right: str, pristine_draft: Path, tmp_path: Path
) -> None:
    refused = sms("gaps", "--format", format_, "--output", tmp_path / name, cwd=pristine_draft)
    assert refused.code == 2
    assert f"Name it {right}" in refused.err
    assert not (tmp_path / name).exists()


def test_check_reminds_of_decisions(pristine_draft: Path) -> None:
    ran = sms("check", cwd=pristine_draft)
    assert ran.code == 0
    assert re.search(r"no errors.*\.\n\d+ decisions open: sms todo\n$", ran.out)
    assert "decisions open" not in sms("check", "--format", "json", cwd=pristine_draft).out


def test_the_types_by_kind(pristine_draft: Path) -> None:
    out = sms("new", "--list", cwd=pristine_draft).out
    heads = re.findall(r"^(\w[\w ]+) \(\d+\)$", out, re.MULTILINE)
    assert heads == ["Documents", "Agreements", "Service catalogue", "Entries of registers", "Records"]
    assert max(map(len, out.splitlines())) <= 100
    assert len(re.findall(r"^  \S", out, re.MULTILINE)) == len(TYPES)
    some = sms("new", "--list", "capacity", cwd=pristine_draft).out
    assert "capacity-plan" in some or "plan-capacity" in some
    assert "supplier-contract" not in some
    assert "no type is about" in sms("new", "--list", "zebra", cwd=pristine_draft).err


EXPLAINED = [
    ("management-review", ["sms/records/management-reviews/MRV-YYYY-NNNN-….yml", "Kept       6 years after it is closed",
                           "attendees: list of person; required", "`none:` with the reason", "with the same fields as customer_feedback",
                           "communicated_on: date; required when status is issued", "4.5.4.3-a ", "review-chair-absent (error)"]),
    ("change", ["emergency_reason: a few words of text; required when category is emergency", "category: one of standard, normal, emergency",
                "services: list of reference to Service or `none:`"]),
    ("process-change-management", ["Approval   ", "Sections\n", "at least ", "sms/processes/PRC-NNN-….md"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parts"), EXPLAINED)
def test_explain_a_type(name: str, parts: list[str], pristine_draft: Path) -> None:
    ran = sms("explain", name, cwd=pristine_draft)
    assert ran.code == 0, ran.err
    for part in parts:
        assert part in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_a_name_that_is_neither_rule_nor_type(pristine_draft: Path) -> None:
    refused = sms("explain", "managment-review", cwd=pristine_draft)
    assert (refused.code, "Did you mean `management-review`?" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("new", "polcy"), "policy-change"),
        (("new", "policy"), "policy-change"),
        (("explain", "polcy"), "policy-change"),
    ],
)
def test_a_part_of_a_name_is_enough_to_find_it(
    arguments: tuple[str, ...], first: str, pristine_draft: Path
) -> None:
    ran = sms(*arguments, cwd=pristine_draft)
    assert ran.code == 2
    assert f"Did you mean one of these: {first}, " in ran.err


def test_every_field_of_every_type_has_words() -> None:
    """Whatever a schema holds, the explanation is in words of ours."""
    files = Schemas((path, (ROOT / path).read_text()) for path in _schema_paths()).files
    for type_ in load(WorktreeSource(ROOT)).types.values():
        conditions(files, type_.schema_path)
        for field in type_.fields:
            words = words_of(files, field.schema, field.base, {})
            assert words
            assert "anything" not in words.replace("reference to anything", ""), (type_.name, field.name)
            for part in parts_of(files, field.schema, field.base, {}):
                assert part.words, (type_.name, field.name, part.name)


def _schema_paths() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "schemas").rglob("*.schema.json"))]
