"""Plays a page of the guide as its reader would: types its commands, makes its edits, compares what is shown.

What a page may hold besides text:

- ```console blocks: `$ command` lines, each followed by what it prints. `…` stands for any text, alone on a line for
  any lines. The last command of a block fails where the fence says `fails`, all others succeed. What is typed at a
  prompt stands behind it, and once more in `typed="first|second"`. `norun="reason"`: the block is not run.
- ```diff title="FILE" blocks: lines with "-" give way to those with "+"; where only "+" stands, they are
  added at the end. `…` alone on a line stands between two places, and within a line for any text.
- `<!-- stage: … -->` lines, which readers do not see: `as PERSON` (whose desk it is), `start demonstration`, and
  `sh COMMAND` for what others did before.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import click.termui
import pytest

from smsrepo.cli import clock
from support.cli import sms

_BLOCK = re.compile(
    r'^<!-- stage: (?P<direction>.+) -->$|^(?P<in> *)```(?P<kind>console|diff)(?P<info>.*)\n(?P<body>(?:.*\n)*?) *```$',
    re.MULTILINE,
)  # fmt: skip
_INFO = re.compile(r'(\w+)(?:="([^"]*)")?')
_START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Block:
    """A part of a page that is played."""

    line: int
    kind: str
    body: str
    info: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Command:
    """A command line and what the page shows of its output."""

    line: str
    shown: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """Everything on a page that is played, in order."""
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found["direction"]:
            yield Block(line, "stage", found["direction"])
        else:
            info = {name: value or "" for name, value in _INFO.findall(found["info"])}
            yield Block(
                line, found["kind"], re.sub(f"^{found['in']}", "", found["body"], flags=re.MULTILINE), info
            )


def commands(body: str) -> Iterator[Command]:
    """The commands of a console block; a backslash at the end joins the next line."""
    for part in re.split(r"^\$ ", body.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
        line, *shown = part.rstrip("\n").split("\n")
        yield Command(line, tuple(shown))


def differs(shown: tuple[str, ...], printed: str) -> str:
    """The first line a page shows that was not printed where it should be; empty when all fit."""
    lines, at, free = [line.rstrip() for line in printed.rstrip("\n").split("\n")], 0, False
    for wanted in shown:
        if wanted.strip() == "…":
            free = True
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.rstrip().split("…")))
        places = range(at, len(lines)) if free else range(at, at + 1)
        found = next((n for n in places if n < len(lines) and pattern.fullmatch(lines[n])), None)
        if found is None:
            return wanted
        at, free = found + 1, False
    rest = [line for line in lines[at:] if line]
    return "" if free or not rest else f"(nothing more, but there was) {rest[0]}"


class Stage:
    """A desk with a folder, a clock and people who come and go."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, demonstration: Path) -> None:
        self.folder, self.patch, self.demonstration = folder / "desk", patch, demonstration
        self.homes = folder / "homes"
        self.folder.mkdir()
        self.now = _START
        for name in [n for n in os.environ if n.startswith(("GIT_", "SSH_", "SMS_"))]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("COLUMNS", "100")
        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
        patch.setattr(clock, "now", lambda: self.now)

    def play(self, text: str) -> None:
        """A page from top to bottom."""
        for block in blocks(text):
            if block.kind == "stage":
                verb, _, what = block.body.partition(" ")
                getattr(self, f"_{verb}")(what)
            elif block.kind == "diff":
                self._edit(block)
            elif "norun" not in block.info:
                self._run(block)

    def _as(self, who: str) -> None:
        """A person of the demonstration sits down, or somebody with a full name and a mail address."""
        home = self.homes / who.partition(" ")[0]
        (home / ".ssh").mkdir(parents=True, exist_ok=True)
        name, mail = who.rpartition(" ")[::2]
        key = self.demonstration / "tooling/demonstration/keys" / who
        if key.is_file():
            name, mail = who.replace("-", " ").title(), f"{who.replace('-', '.')}@harbourline.example"
            for source, end in ((key, ""), (key.with_name(f"{who}.pub"), ".pub")):
                shutil.copyfile(source, home / f".ssh/id_ed25519{end}")
                (home / f".ssh/id_ed25519{end}").chmod(0o600)
        (home / ".gitconfig").write_text(
            f"[user]\n\tname = {name}\n\temail = {mail}\n[advice]\n\tdetachedHead = false\n"
        )
        self.patch.setenv("HOME", str(home))

    def _sh(self, line: str) -> None:
        code, printed = self._do(line, iter(()))
        assert code == 0, f"{line}\n{printed}"

    def _start(self, what: str) -> None:
        assert what == "demonstration"
        self.folder = Path(shutil.copytree(self.demonstration, self.folder / "demo"))
        stands_still = re.search(r'^as_of: "(.+)"$', (self.folder / "sms/sms.yml").read_text(), re.MULTILINE)
        assert stands_still
        self.now = datetime.fromisoformat(f"{stands_still[1]}T18:00:00+00:00")

    def _edit(self, block: Block) -> None:
        file = self.folder / block.info["title"]
        for hunk in re.split(r"^…\n", block.body, flags=re.MULTILINE):
            lines = hunk.splitlines()
            old = "".join(f"{line[2:]}\n" for line in lines if line[:1] != "+")
            new = "".join(f"{line[2:]}\n" for line in lines if line[:1] != "-")
            text = file.read_text() if file.exists() else ""
            pattern = re.compile("^" + ".*".join(map(re.escape, old.split("…"))), re.MULTILINE)
            found = pattern.findall(text) if old else []
            assert not old or len(found) == 1, (
                f"line {block.line}: {len(found)} places in {file} look so:\n{old}"
            )
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace(found[0], new) if old else text + new)

    def _run(self, block: Block) -> None:
        typed = iter(block.info.get("typed", "").split("|"))
        todo = list(commands(block.body))
        assert todo, f"line {block.line}: a console block without a command"
        for number, command in enumerate(todo, 1):
            code, printed = self._do(command.line, typed)
            where = f"line {block.line}: $ {command.line}\n{printed}\n"
            missing = differs(command.shown, printed)
            assert not missing, f"{where}--- the page shows: {missing}"
            assert (code != 0) == ("fails" in block.info and number == len(todo)), (
                f"{where}--- exit code {code}"
            )

    def _do(self, line: str, typed: Iterator[str]) -> tuple[int, str]:
        self.now += timedelta(minutes=1)
        for role in ("AUTHOR", "COMMITTER"):
            self.patch.setenv(f"GIT_{role}_DATE", self.now.isoformat())
        first, *rest = shlex.split(line, comments=True) or [":"]
        if first == "cd":
            self.folder = (self.folder / rest[0]).resolve()
            return 0, ""
        if (
            first == "sms" and rest[0] != "show"
        ):  # that one writes bytes, for which our stand-in for a terminal is no place
            home = os.environ["HOME"]
            arguments = [home + one[1:] if one.startswith("~/") else one for one in rest]
            with mock.patch.object(
                click.termui, "visible_prompt_func", lambda prompt: _answer(prompt, typed)
            ):
                ran = sms(*arguments, cwd=self.folder, typed="")
            return ran.code, ran.out + ran.err
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        return done.returncode, done.stdout + done.stderr


def _answer(prompt: str, typed: Iterator[str]) -> str:
    answer = next(typed, None)
    assert answer is not None, f"{sys.stderr.getvalue()}\n--- nothing is typed here"  # type: ignore[attr-defined]
    unfinished = sys.stderr.getvalue()[-1:] not in ("", "\n")  # type: ignore[attr-defined]
    click.echo(f"{prompt}{answer}", err=unfinished)
    return answer
