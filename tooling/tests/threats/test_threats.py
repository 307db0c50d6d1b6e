"""The tables of attacks and of forbidden transitions, played: every line finds what it expects, and nothing else."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from support.scenario import play

HERE = Path(__file__).parent
TABLES = {"attacks.md": 45, "transitions.md": 33}
_SECTION = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
_SCENARIO = re.compile(r"^```scenario\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TESTED = re.compile(r"^Tested in: (\S+)::(\w+)$", re.MULTILINE)


class Section(NamedTuple):
    """A row of a table: its number, its scenarios, the tests elsewhere (file, function)."""

    number: int
    title: str
    scenarios: list[str]
    elsewhere: list[tuple[str, str]]


def sections(name: str) -> list[Section]:
    parts = _SECTION.split((HERE / name).read_text())[1:]
    return [
        Section(int(number), title, _SCENARIO.findall(body), _TESTED.findall(body))
        for number, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def scenarios() -> list[object]:
    return [
        pytest.param(text, id=f"{name.removesuffix('.md')}-{section.number}-{n}")
        for name in TABLES
        for section in sections(name)
        for n, text in enumerate(section.scenarios, 1)
    ]


@pytest.mark.parametrize(("name", "rows"), TABLES.items())
def test_every_row_is_there_and_shown(name: str, rows: int) -> None:
    found = sections(name)
    assert [section.number for section in found] == list(range(1, rows + 1))
    assert [section.number for section in found if not section.scenarios and not section.elsewhere] == []


@pytest.mark.parametrize("text", scenarios())
def test_scenario(text: str, tmp_path: Path) -> None:
    played, script = play(text, tmp_path / "repo")
    expected = {line.number: line.expected for line in script if line.expected}
    found = {number: rules for number, rules in played.found.items() if rules}
    assert found == expected, [f"{f.rule}: {f.message}" for f in played.told]


@pytest.mark.parametrize(
    ("file", "function"),
    sorted({pair for name in TABLES for section in sections(name) for pair in section.elsewhere}),
)
def test_what_is_tested_elsewhere_is_tested(file: str, function: str) -> None:
    module = ast.parse((HERE / file).read_text())
    assert [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == function]
