"""A scenario on the main branch, and the fake forge that knows the pull request it came from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from forge import shapes
from forge.fake_github import FakeGitHub
from support import small_sms
from support.cli import Ran, sms
from support.gitrepo import GitRepo, identity
from support.scenario import CHANGE, play

NUMBER = 7
SUBMITTED = "2026-01-10T12:00:00Z"


@dataclass
class OnForge:
    """A repository on its main branch, after the merge of pull request 7, whose head was `head`."""

    repo: GitRepo
    fake: FakeGitHub
    head: str
    merge: str

    def review(
        self, first: str, state: str = "APPROVED", at: str = SUBMITTED, commit: str = "", login: str = ""
    ) -> None:
        reviews = self.fake.reviews.setdefault(NUMBER, [])
        told = shapes.review(len(reviews) + 1, login or f"gh-{first}", state, commit=commit or self.head)
        reviews.append(told | {"submitted_at": at})

    def record(self, *options: str, key: str = small_sms.COLLECTOR) -> Ran:
        file = small_sms.key(key).write(self.repo.path.parent / "collector")
        return sms("record", "--forge", "github", "--key", file, *options, cwd=self.repo.path)

    def written(self) -> list[str]:
        """The statements that lie in the worktree, committed or not."""
        found = (self.repo.path / "sms/approvals").rglob("*.yml")
        return sorted(file.relative_to(self.repo.path).as_posix() for file in found)


def environment(fake: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """What GitHub Actions sets, pointing to the fake."""
    for name in ("GITHUB_EVENT_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_GRAPHQL_URL", "SMS_COLLECTOR_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_REPOSITORY", shapes.REPOSITORY)
    monkeypatch.setenv("GITHUB_API_URL", fake.url)


def change(scenario: str, path: Path) -> tuple[GitRepo, str]:
    """A scenario up to its pull request: the repository on the branch of it, and its head."""
    started, _ = play(scenario, path)
    return started.repo, started.repo.git("rev-parse", CHANGE)


def tell(fake: FakeGitHub, head: str, merge: str | None = None, author: str = "gh-bob") -> dict[str, Any]:
    """Pull request 7 as the forge tells it, open or merged."""
    told = shapes.pull(NUMBER, merge=merge, user=shapes.user(author))
    told["head"] = told["head"] | {"sha": head}
    fake.pulls[NUMBER] = told
    if merge:
        fake.pulls_of[merge] = [told]
    return told


def merged(scenario: str, path: Path, fake: FakeGitHub, when: str = "2026-01-10T13:00:00Z") -> OnForge:
    """The same, squashed onto the main branch."""
    repo, head = change(scenario, path)
    repo.switch("main")
    repo.merge(CHANGE, squash=True)
    merge = repo.commit("Merge", small_sms.identity("bob"), when, committer="Forge <noreply@forge.example>")
    repo.git("branch", "-D", CHANGE, **identity("Bob <bob@example.org>", when))
    tell(fake, head, merge)
    return OnForge(repo, fake, head, merge)
