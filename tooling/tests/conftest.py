"""Fixtures that many tests share."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support.releases import released

from smsrepo.pack.answers import Answers
from smsrepo.pack.init import make_repository


def _made(path: Path, *, example: bool) -> Path:
    make_repository(path, Answers(), example=example, commit=True, today=date(2026, 11, 20))
    return path


@pytest.fixture(scope="session")
def pristine_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration repository, made once; never change it."""
    return _made(tmp_path_factory.mktemp("made") / "example", example=True)


@pytest.fixture(scope="session")
def pristine_draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh repository without demonstration data, made once; never change it."""
    return _made(tmp_path_factory.mktemp("made") / "draft", example=False)


@pytest.fixture(scope="session")
def pristine_past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration repository with its past, made once; never change it."""
    path, today = tmp_path_factory.mktemp("made") / "past", date(2026, 11, 20)
    make_repository(path, Answers(), example=True, commit=True, today=today, with_history=True)
    return path


@pytest.fixture(scope="session")
def pristine_released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small SMS with two baselines, made once; never change it."""
    return released(tmp_path_factory.mktemp("made") / "released").path


@pytest.fixture
def example(pristine_example: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration repository to do anything with."""
    return Path(shutil.copytree(pristine_example, tmp_path / "example"))


@pytest.fixture
def draft(pristine_draft: Path, tmp_path: Path) -> Path:
    """A copy of a fresh repository to do anything with."""
    return Path(shutil.copytree(pristine_draft, tmp_path / "draft"))
