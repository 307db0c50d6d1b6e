"""Every rule takes time in proportion to the records: the reference SMS, its records copied under new ids."""

import gc
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from support.memory import ROOT

from smsrepo.check.catalogue import about_files
from smsrepo.control.settings import Settings
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Context

FEW, MANY = 1, 12
MOST = 4 * MANY / FEW
"""What a rule may take in many copies for each second it takes in few: linear is 12, quadratic 144."""
FLOOR = 0.015
"""Seconds below which a figure is noise."""
RUNS = 3
_YEAR = re.compile(r"-(\d{4})-")


@cache
def _root() -> Repo:
    return load(WorktreeSource(Path(ROOT)))


def _copied(times: int) -> Repo:
    """The records several times, each copy with ids of other years that name one another; the rest once."""
    root = _root()
    ids = {artefact.id for artefact in root.artefacts if artefact.type.is_record}

    def renamed(value: Any, copy: int) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner, copy) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner, copy) for inner in value]
        if isinstance(value, str) and value in ids:
            return _YEAR.sub(lambda year: f"-{int(year[1]) + 100 * copy}-", value)
        return value

    def copies(artefact: Artefact) -> Iterator[Artefact]:
        yield artefact
        for copy in range(1, times) if artefact.id in ids else ():
            data = renamed(artefact.data, copy)
            yield replace(artefact, data=data, path=artefact.path.replace(artefact.id, data["id"]))

    artefacts = tuple(one for artefact in root.artefacts for one in copies(artefact))
    return replace(root, artefacts=artefacts, paths=root.paths | {artefact.path for artefact in artefacts})


def _seconds(repo: Repo) -> dict[str, float]:
    """The processor time of each rule, the best of some runs; indexes of the snapshot are made before."""
    settings = Settings(repo)
    on = Context(settings.day(None, date(2026, 11, 20)), settings, frozenset())
    rules = about_files().values()
    best: dict[str, float] = {}
    for number in range(1 + RUNS):
        for rule in rules:
            started = time.process_time()
            for _ in rule.run(repo, on):
                pass
            took = time.process_time() - started
            if number:
                best[rule.id] = min(took, best.get(rule.id, took))
    return best


@contextmanager
def _without_gc() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_no_rule_is_quadratic() -> None:
    with _without_gc():
        few, many = _seconds(_copied(FEW)), _seconds(_copied(MANY))
    slow = {
        id_: f"{few[id_] * 1000:.1f} ms, then {took * 1000:.1f} ms"
        for id_, took in many.items()
        if took > FLOOR and took > MOST * max(few[id_], FLOOR / MANY)
    }
    assert not slow
    assert sum(many.values()) < MOST * sum(few.values())
