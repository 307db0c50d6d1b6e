"""Whatever a file holds, the check gives findings with a place; it never crashes."""

import random
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.memory import ROOT, MemorySource

from smsrepo.check import catalogue
from smsrepo.check.engine import findings_of, run
from smsrepo.load.snapshot import load
from smsrepo.load.yaml_dialect import parse
from smsrepo.model.finding import Finding
from smsrepo.pack.contents import pack_files
from smsrepo.pack.yaml_text import dump
from smsrepo.rules.rule import Subject

TODAY = date(2026, 11, 22)
ROUNDS = 40
ODD: list[Any] = [
    None,
    "",
    "x",
    0,
    -1,
    10**6,
    1.5,
    True,
    [],
    {},
    [None],
    {"a": "b"},
    "2026-13-45",
    "9999-12-31",
    "POL-001",
]


@cache
def contents() -> dict[str, bytes]:
    """The example without the ledger, which is long and only read for coverage."""
    return {
        p: (ROOT / p).read_bytes() for p in pack_files(example=True) if not p.startswith("sms/requirements")
    }


def data_files() -> list[str]:
    return [p for p in contents() if p.endswith(".yml") and p != "mkdocs.yml"]


def check(files: dict[str, bytes], *, all_rules: bool) -> list[Finding]:
    repo = load(MemorySource(files))
    rules = [rule for rule in catalogue.built_in().values() if rule.subject is Subject.FILES]
    found = findings_of(repo, rules, TODAY) if all_rules else list(run(repo, rules, TODAY).findings)
    for finding in found:
        lines = files[finding.path].decode("utf-8", "replace").splitlines()
        assert 1 <= finding.line <= len(lines) + 1
        assert finding.column >= 1
        assert finding.message
    return found


FILES_AT_ONCE = 8
"""How many files an example spoils: a check of everything takes seconds, so each looks at several."""


@given(st.integers(0, 10**9))
@settings(max_examples=5, deadline=None)
def test_any_bytes_in_any_file(seed: int) -> None:
    chance = random.Random(seed)
    spoilt = {path: spoil(chance, path) for path in chance.sample(sorted(contents()), FILES_AT_ONCE)}
    check({**contents(), **spoilt}, all_rules=False)


def spoil(chance: random.Random, path: str) -> bytes:
    raw = bytearray(contents()[path] or b" ")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw) + 1)
        raw[at : at + chance.randint(0, 3)] = chance.choice(
            [b"\n", b"  ", b"'", b": ", b"[", b"\x00", b"\xff", b"- ", b"#", b"", b"{"]
        )
    return bytes(raw)


@given(st.integers(0, 10**9))
@settings(max_examples=5, deadline=None)
def test_odd_values_anywhere_even_where_rules_would_wait(seed: int) -> None:
    """Rules wait for files that do not fit; here they run on what fits but says odd things."""
    chance = random.Random(seed)
    odd = {path: oddly(chance, path) for path in chance.sample(data_files(), 2 * FILES_AT_ONCE)}
    check({**contents(), **odd}, all_rules=False)
    flaws = load(MemorySource({**contents(), **odd})).flaws.values()
    misfits = {flaw.path for found in flaws for flaw in found}
    check({**contents(), **{p: b for p, b in odd.items() if p not in misfits}}, all_rules=True)


def oddly(chance: random.Random, path: str) -> bytes:
    data = parse(contents()[path].decode())
    for _ in range(chance.randint(1, 3)):
        mutate(data, chance)
    return dump(data).encode()


def mutate(data: Any, chance: random.Random) -> None:
    """Drop, replace or repeat something somewhere in the data."""
    while isinstance(data, (dict, list)) and data:
        key = chance.choice(list(data)) if isinstance(data, dict) else chance.randrange(len(data))
        if not isinstance(data[key], (dict, list)) or not data[key] or chance.random() < 0.3:
            action = chance.random()
            if action < 0.5:
                del data[key]
            elif action < 0.9:
                data[key] = chance.choice(ODD)
            elif isinstance(data, list):
                data.append(data[key])
            return
        data = data[key]


def test_every_optional_field_may_be_missing() -> None:
    """Each optional top-level field of each kind of file, dropped once: every rule runs and none fails.

    A round drops one field of each file that still has one to drop.
    """
    whole = load(MemorySource(contents()))
    seen: set[tuple[str, str]] = set()
    for _ in range(ROUNDS):
        lacking: dict[str, bytes] = {}
        for artefact in whole.artefacts:
            required = {field.name for field in artefact.type.fields if field.required}
            unseen = (n for n in artefact.data if n not in required and (artefact.type.name, n) not in seen)
            name = next(unseen, None) if artefact.path.endswith(".yml") else None
            if name is not None:
                seen.add((artefact.type.name, name))
                data = {key: value for key, value in artefact.data.items() if key != name}
                lacking[artefact.path] = dump(data).encode()
        if not lacking:
            break
        check({**contents(), **lacking}, all_rules=True)
    else:
        raise AssertionError("some fields were never dropped")
    assert len(seen) > 50
