"""Plays scenarios: who commits what, who signs what, one line each, over a real repository.

    bob issues POL-001 1.1: We serve well.       a commit of Bob's on the branch of the pull request
    anna approves POL-001                         a statement with her signature, in a commit of hers
    gate                                          the gate's verdict on the pull request
    merge                                         squashed onto main by the forge
    POL-001 is effective 1.1                      what the register says
    verify                                        the replay, as an auditor would run it

A line that ends with `# <-- rule, rule x2` expects these findings there, and no others. The whole grammar is the
table of verbs in `support/verbs.py`. Time starts on 2026-01-10 and each line takes a minute; `on DATE` moves it.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from smsrepo.check import catalogue
from smsrepo.check.verify import Proof, verify
from smsrepo.control.checkpoint import Kept
from smsrepo.control.replay import Replay
from smsrepo.load.history import load_history
from smsrepo.model.finding import Finding
from smsrepo.model.forge_facts import Review
from support import small_sms
from support.gitrepo import GitRepo

CHANGE = "change"
_EXPECTED = re.compile(r"\s*# <-- (.+)$")
_RULES = catalogue.built_in()


@dataclass(frozen=True)
class Line:
    """A line of a scenario with the findings it expects: how many of which rule."""

    number: int
    text: str
    expected: Counter[str]


@dataclass
class Play:
    """A scenario in progress. `found` are the findings of each line that can have some, `told` what was reported."""

    repo: GitRepo
    now: datetime = datetime(2026, 1, 10, 10, 0, tzinfo=UTC)
    found: dict[int, Counter[str]] = field(default_factory=dict)
    told: list[Finding] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    steps_of: dict[str, int] = field(default_factory=dict)
    line: int = 0
    statements: list[str] = field(default_factory=list)
    checkpoints: list[Kept] = field(default_factory=list)

    def when(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def commit(self, first: str, message: str) -> None:
        """A commit of a person on the branch of the pull request."""
        self.on_branch()
        self.repo.commit(message, author=small_sms.identity(first), when=self.when())

    def on_branch(self) -> None:
        branch = self.repo.git("rev-parse", "--abbrev-ref", "HEAD")
        if branch == "main":
            self.repo.branch(CHANGE)

    def replay(self, revision: str = "main") -> Replay:
        replay = Replay(load_history(self.repo.path, self.repo.git("rev-parse", revision)))
        for _ in replay.run():
            pass
        return replay

    def proof(self) -> Proof:
        history = load_history(self.repo.path, self.repo.git("rev-parse", "main"))
        return verify(history, _RULES.values(), None, self.now.date(), tuple(self.checkpoints))


def lines(text: str) -> list[Line]:
    """The lines of a scenario; blank ones and those that start with # are left out."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        expected: Counter[str] = Counter()
        match = _EXPECTED.search(line)
        if match:
            for one in match[1].split(","):
                rule, _, times = one.strip().partition(" x")
                expected[rule] += int(times or 1)
        bare = _EXPECTED.sub("", line).rstrip()
        if bare and not bare.lstrip().startswith("#"):
            found.append(Line(number, bare, expected))
    return found


def play(text: str, path: Path) -> tuple[Play, list[Line]]:
    """Play a scenario at a path. Every line is judged as it is played; steps when the play is over."""
    started = Play(GitRepo(Path(shutil.copytree(_beginning(), path))))
    script = lines(text)
    for line in script:
        started.line = line.number
        started.now += timedelta(minutes=1)
        act(started, line.text)
    for finding in started.proof().findings:
        if finding.commit:
            at = started.steps_of[finding.commit]
            started.found.setdefault(at, Counter())[finding.rule] += 1
            started.told.append(finding)
    return started, script


def act(started: Play, text: str) -> None:
    """Play one line."""
    from support.verbs import VERBS

    for pattern, verb in VERBS:
        match = pattern.fullmatch(text.strip())
        if match:
            verb(started, **match.groupdict())
            return
    raise AssertionError(f"no verb fits: {text}")


@cache
def _beginning() -> Path:
    """The small SMS under control, made once."""
    path = Path(mkdtemp(prefix="scenario-")) / "repo"
    repo = GitRepo.new(path)
    contents = small_sms.files()
    for name, text in {**contents, "sms/genesis.yml": small_sms.genesis(contents)}.items():
        repo.write(name, text)
    repo.commit("Begin", author=small_sms.identity("anna"), when=small_sms.BEGAN)
    return path
