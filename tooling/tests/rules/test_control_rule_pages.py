"""The page of a rule about history is its test: its scenarios are played over real repositories."""

from collections import Counter
from pathlib import Path

import pytest
from support.pages import scenarios
from support.scenario import play

from smsrepo.check import catalogue
from smsrepo.rules.rule import Rule, Subject

RULES = [rule for rule in catalogue.built_in().values() if rule.subject is not Subject.FILES]


def cases(section: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, text in enumerate(scenarios(catalogue.page(rule), section), 1)
    ]


def found(rule: Rule, text: str, path: Path) -> tuple[Counter[int], Counter[int]]:
    """How many findings of a rule each line has, and how many it expects."""
    played, script = play(text, path)
    expected = Counter({line.number: line.expected[rule.id] for line in script if line.expected[rule.id]})
    return Counter({n: rules[rule.id] for n, rules in played.found.items() if rules[rule.id]}), expected


@pytest.mark.parametrize(("rule", "text"), cases("Bad"))
def test_bad_scenario(rule: Rule, text: str, tmp_path: Path) -> None:
    actual, expected = found(rule, text, tmp_path / "repo")
    assert expected, "a bad scenario marks its findings"
    assert actual == expected


@pytest.mark.parametrize(("rule", "text"), cases("Good"))
def test_good_scenario(rule: Rule, text: str, tmp_path: Path) -> None:
    actual, expected = found(rule, text, tmp_path / "repo")
    assert not expected
    assert not actual


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_both(rule: Rule) -> None:
    page = catalogue.page(rule)
    assert scenarios(page, "Bad")
    assert scenarios(page, "Good")
