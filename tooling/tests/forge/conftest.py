"""A fake GitHub for each test, and the adapter that talks to it."""

from collections.abc import Iterator

import pytest
from forge import shapes
from forge.fake_github import FakeGitHub, serving

from smsrepo.forge.github import GitHub
from smsrepo.forge.github_api import Api


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    """Ends the test as failed where anything sent or told left the published shape."""
    with serving(FakeGitHub()) as github:
        yield github
    assert github.broken == []


@pytest.fixture
def waits() -> list[float]:
    """The seconds the adapter wanted to wait."""
    return []


@pytest.fixture
def github(fake: FakeGitHub, waits: list[float]) -> GitHub:
    return GitHub(Api(fake.url, f"{fake.url}/graphql", "secret", sleep=waits.append), shapes.REPOSITORY)
