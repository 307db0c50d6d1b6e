"""Arithmetic and rules across files: the reference SMS with one line spoilt at a time, several times over."""

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.memory import ROOT, MemorySource

from smsrepo.check.catalogue import about_files
from smsrepo.check.engine import run
from smsrepo.control.settings import Settings
from smsrepo.load.snapshot import load
from smsrepo.load.yaml_dialect import parse
from smsrepo.model.repo import Repo

SPOILINGS: list[dict[str, str]] = parse((Path(__file__).parent / "spoilings.yml").read_text())["spoilings"]
ROUNDS = 5
"""Spoilings of different files share a check; these are enough for the file that is spoilt most often."""


@cache
def _contents() -> dict[str, bytes]:
    folders = ("schemas", "sms", "policies", "plans", "slas", "catalog")
    files = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in files}


@cache
def _root() -> Repo:
    return load(MemorySource(_contents()))


def _path(id_: str) -> str:
    artefact = _root().find(id_)
    assert artefact, f"there is no {id_}"
    return artefact.path


def _told(contents: dict[str, bytes]) -> set[tuple[str, str]]:
    repo = load(MemorySource(contents))
    found = run(repo, about_files().values(), Settings(repo).day(None, date(2026, 11, 30))).findings
    return {(finding.rule, finding.path) for finding in found}


@cache
def _told_unspoilt() -> set[tuple[str, str]]:
    return _told(_contents())


def _spoilt(spoiling: dict[str, str], raw: bytes) -> bytes:
    text = raw.decode()
    assert spoiling["was"] in text, f"{spoiling['in']} does not say {spoiling['was']}"
    return text.replace(spoiling["was"], spoiling["now"], 1).encode()


def _rounds() -> list[list[dict[str, str]]]:
    """At most one spoiling of each file in a round, and each finding to be expected from one of them only."""
    rounds: list[list[dict[str, str]]] = [[] for _ in range(ROUNDS)]
    taken: list[set[Any]] = [set() for _ in range(ROUNDS)]
    for number, spoiling in enumerate(SPOILINGS):
        told = (spoiling["rule"], spoiling.get("told_of", spoiling["in"]))
        free = [
            n % ROUNDS
            for n in range(number, number + ROUNDS)
            if not {spoiling["in"], told} & taken[n % ROUNDS]
        ]
        taken[free[0]] |= {spoiling["in"], told}
        rounds[free[0]].append(spoiling)
    return rounds


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_spoilt_is_told(number: int) -> None:
    spoilings = _rounds()[number]
    contents: dict[str, bytes] = dict(_contents())
    for spoiling in spoilings:
        path = _path(spoiling["in"])
        if "was" in spoiling:
            contents[path] = _spoilt(spoiling, contents[path])
        else:
            del contents[path]
    told = _told(contents) - _told_unspoilt()
    silent: dict[str, list[str]] = defaultdict(list)
    for spoiling in spoilings:
        if (spoiling["rule"], _path(spoiling.get("told_of", spoiling["in"]))) not in told:
            silent[spoiling["rule"]].append(f"{spoiling['in']}: {spoiling.get('now', 'gone')}")
    assert not silent


def test_many_rules_are_tried() -> None:
    assert len(SPOILINGS) >= 40
    assert len({spoiling["rule"] for spoiling in SPOILINGS}) >= 40
