"""What sms init asks, and what it makes of the answers."""

from pathlib import Path

import pytest
from support.answers import ANSWERS
from support.cli import sms

from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack.answers import QUESTIONS


def test_answers_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "answers.yml").write_text(ANSWERS)
    ran = sms("init", "fjord", "--answers", "answers.yml", cwd=tmp_path)
    assert ran.code == 0, ran.err
    root = tmp_path / "fjord"
    repo = load(WorktreeSource(root))
    assert repo.settings["sms/people.yml"].data["people"][1]["id"] == "asa-vergard"
    assert "Tromsø, Norway" in repo.settings["sms/sms.yml"].data["scope"]["statement"]
    assert "asa@fjord.example" in (root / ".github/CODEOWNERS").read_text()
    assert "# Fjord Bank IT: service management system" in (root / "README.md").read_text()
    assert "make check" in ran.out
    assert "make todo" in ran.out


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (ANSWERS.replace("owner:", "ower:"), "`ower` is not one of the answers"),
        (ANSWERS.replace("head: Kari Nordmann\n", ""), "`head` is missing"),
        (ANSWERS.replace("Kari Nordmann", '""'), "`head` needs some text"),
        (ANSWERS.replace("kari@", "kari-at-"), "`head_email` must be a mail address"),
        (ANSWERS.replace("Kari Nordmann", "Kari <b>"), "`head` must not hold <"),
        (ANSWERS.replace("Kari Nordmann", "Kari Nordmann, MBA"), "`head` must not hold ,"),
        (ANSWERS.replace("Tromsø", "x" * 200), "at most 120"),
        (ANSWERS + "head: again\n", "answers.yml:9:1: `head` stands here a second time"),
        ("- a\n", "holds no answers"),
    ],
)
def test_wrong_answers(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "answers.yml").write_text(text)
    ran = sms("init", "x", "--answers", "answers.yml", cwd=tmp_path)
    assert ran.code == 2
    assert part in ran.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("organisation", "Acme, Inc. (UK) & Sons"), ("head", "Sean O'Brien"), ("owner", "José-María d'Arc")],
)
def test_names_as_people_have_them(tmp_path: Path, name: str, value: str) -> None:
    kept = [line for line in ANSWERS.splitlines() if not line.startswith(f"{name}:")]
    (tmp_path / "answers.yml").write_text("\n".join([*kept, f'{name}: "{value}"', ""]))
    ran = sms("init", "x", "--answers", "answers.yml", cwd=tmp_path)
    assert ran.code == 0, ran.err


def test_no_answers_file(tmp_path: Path) -> None:
    assert "cannot be read" in sms("init", "x", "--answers", "nowhere.yml", cwd=tmp_path).err


def test_questions_on_a_terminal(tmp_path: Path) -> None:
    typed = "\nAcme\n\nhosting\nOslo\nSam Roe\nno mail\nsam@acme.example\nPat Doe\npat@acme.example\n"
    ran = sms("init", "acme", "--no-git", cwd=tmp_path, typed=typed)
    assert ran.code == 0, ran.err
    for question in QUESTIONS.values():
        assert question in ran.out
    assert ran.err.count("An answer is needed.") == 1
    assert "must be a mail address" in ran.err
    assert not (tmp_path / "acme/.git").exists()


def test_nobody_to_ask(tmp_path: Path) -> None:
    ran = sms("init", "acme", cwd=tmp_path)
    assert ran.code == 2
    assert "--defaults" in ran.err


def test_one_person_in_both_roles(tmp_path: Path) -> None:
    (tmp_path / "answers.yml").write_text(ANSWERS.replace("Kari Nordmann", "Åsa Øvergård"))
    assert sms("init", "solo", "--answers", "answers.yml", cwd=tmp_path).code == 0
    assert len(load(WorktreeSource(tmp_path / "solo")).settings["sms/people.yml"].data["people"]) == 1


def test_names_that_give_one_id(tmp_path: Path) -> None:
    (tmp_path / "answers.yml").write_text(
        ANSWERS.replace("Kari Nordmann", "Asa Overgard").replace("Åsa Øvergård", "Asa Övergard")
    )
    assert sms("init", "twins", "--answers", "answers.yml", cwd=tmp_path).code == 0
    people = load(WorktreeSource(tmp_path / "twins")).settings["sms/people.yml"].data["people"]
    assert [person["id"] for person in people] == ["asa-overgard", "asa-overgard-2"]
