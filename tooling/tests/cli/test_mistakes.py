"""The mistakes a newcomer makes: each gives one clear message at the right line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.cli import sms

POLICY = "policies/POL-002-change-management-policy.md"
SLA = "slas/SLA-001-managed-workplace-agreement.yml"


def line_of(root: Path, path: str, part: str) -> int:
    lines = (root / path).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if part in line)


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    return change


def write(path: str, content: bytes) -> Callable[[Path], None]:
    return lambda root: (root / path).write_bytes(content) and None  # type: ignore[func-returns-value]


def copy(path: str, new: str) -> Callable[[Path], None]:
    return lambda root: (root / new).write_bytes((root / path).read_bytes()) and None  # type: ignore[func-returns-value]


def drop_section(root: Path) -> None:
    file = root / POLICY
    before, _, after = file.read_text().partition("## Categories of change")
    file.write_text(before + "## " + after.partition("\n## ")[2])


# name, the mistake, file, a part of the line where the finding stands (or its number), rule, part of the message
MISTAKES = [
    ("misspelt field", replace(POLICY, "owner:", "onwer:"), POLICY, "onwer:", "schema-violated", "`onwer` is not a field"),
    ("unquoted revision", replace(POLICY, 'revision: "2.0"', "revision: 1.10"), POLICY, "revision:", "schema-violated", "found `1.10`"),
    ("tab", replace(POLICY, "owner: ", "owner:\t"), POLICY, "owner:", "unreadable-file", "a tab stands here"),
    ("duplicate key", replace(POLICY, "owner:", "status: draft\nowner:"), POLICY, "status: draft", "unreadable-file", "second time"),
    ("unknown role", replace(POLICY, "owner: change-manager", "owner: change-manger"), POLICY, "owner:", "unknown-role", "no role `change-manger`"),
    ("missing service", replace(SLA, "services: [SVC-001]", "services: [SVC-009]"), SLA, "services:", "broken-reference", "no `SVC-009`"),
    ("deleted section", drop_section, POLICY, None, "missing-section", "“Categories of change” is missing"),
    ("same id twice", copy(POLICY, "policies/POL-002-x.md"), "policies/POL-002-x.md", "id:", "duplicate-id", "already used"),
    ("binary file", write("slas/SLA-009-x.yml", b"\x89PNG\r\n\x1a\n\0"), "slas/SLA-009-x.yml", 3, "unreadable-file", "binary"),
    ("empty file", write("slas/SLA-009-x.yml", b""), "slas/SLA-009-x.yml", 1, "unreadable-file", "is empty"),
    ("yearly", replace(POLICY, "review_every: P12M", "review_every: yearly"), POLICY, "review_every", "schema-violated", "must be a duration such as P12M"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mistake", "path", "where", "rule", "part"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_one_mistake_one_message(
    example: Path, mistake: Callable[[Path], None], path: str, where: object, rule: str, part: str
) -> None:
    mistake(example)
    ran = sms("check", "--format", "json", cwd=example)
    findings = json.loads(ran.out)["findings"]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    assert [(error["rule"], part in error["message"]) for error in errors] == [(rule, True)], ran.out
    assert errors[0]["path"] == path
    assert errors[0]["hint"]
    if isinstance(where, str):
        where = line_of(example, path, where)
    if where is not None:
        assert errors[0]["line"] == where
    assert ran.code == 1


def test_unreadable_folder(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    real = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("policies"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "scandir", refuse)  # tests may run as root, whom no permission stops
    ran = sms("check", cwd=example)
    assert ran.code == 3
    assert ran.err.startswith("Error: policies cannot be read: Permission denied")


def test_not_a_repository(tmp_path: Path) -> None:
    ran = sms("check", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "is not in an SMS repository" in ran.err
    assert "sms init" in ran.err


def test_folder_that_does_not_exist() -> None:
    assert "is not a folder" in sms("-C", "/nowhere", "check").err


def test_misspelt_command(tmp_path: Path) -> None:
    ran = sms("chekc", cwd=tmp_path)
    assert ran.code == 2
    assert "Did you mean `sms check`?" in ran.err
    assert "See sms --help" in sms("frobnicate", cwd=tmp_path).err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "--formt"), "Did you mean '--format'?"),
        (
            ("site", "build", "--to", "x"),
            "There are: --site-dir, --as-of, --offline, --engine, --pdf, --help.",
        ),
        (("--zzz",), "There are: --version, --directory, --help."),
    ],
)
def test_unknown_option(arguments: tuple[str, ...], words: str) -> None:
    ran = sms(*arguments)
    assert ran.code == 2
    assert "No such option" in ran.err
    assert words in ran.err


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-30", "there is no day 2026-02-30 in the calendar"),
        ("2026-13-01", "there is no day 2026-13-01 in the calendar"),
        ("31.12.2026", "`31.12.2026` is no day such as 2026-03-31"),
    ],
)
def test_a_day_that_is_none(day: str, words: str) -> None:
    ran = sms("register", "--as-of", day)
    assert (ran.code, words in ran.err) == (2, True)


def test_our_bug_is_no_finding(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smsrepo.check import engine

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(engine, "run", broken)
    ran = sms("check", cwd=example)
    assert ran.code == 70
    assert ran.err.startswith("Internal error: ZeroDivisionError: oops")
    assert "Traceback" not in ran.err + ran.out
    monkeypatch.setenv("SMS_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        sms("check", cwd=example)


def test_interrupted(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smsrepo.check import engine

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "run", stop)
    ran = sms("check", cwd=example)
    assert (ran.code, ran.err.strip()) == (130, "interrupted")


def test_a_reader_that_goes_away_is_no_error(example: Path) -> None:
    script = f"'{sys.executable}' -m smsrepo explain | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=example, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] in ("0", "141")
    assert done.stderr == ""


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "smsrepo", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("sms, version ")
