"""Every rule's page is its test: bad examples give exactly the marked findings, good ones none."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.memory import MemorySource, schemas, small_settings
from support.pages import Case, cases, first_paragraph, sections

from smsrepo.check import catalogue
from smsrepo.check.engine import findings_of, run
from smsrepo.load.snapshot import load
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Rule, Subject

EVERY = catalogue.built_in()
RULES = {id_: rule for id_, rule in EVERY.items() if rule.subject is Subject.FILES}
WAIVABLE = frozenset(rule.id for rule in RULES.values() if rule.waivable)


def example_repo(case: Case) -> Repo:
    """The example within a small organisation. Fields that do not matter to the rule may be left out."""
    kept = {p: s for p, s in schemas().items() if not case.only_shown or p.startswith("schemas/common/")}
    repo = load(MemorySource({**kept, **small_settings(), **case.files}))
    return replace(repo, broken=frozenset(b for b in repo.broken if b[1] and not repo.find(b[1])))


def found(rule: Rule, case: Case) -> Counter[tuple[str, int]]:
    return Counter(
        (finding.path, finding.line)
        for finding in findings_of(example_repo(case), [rule], case.as_of, WAIVABLE)
    )


def all_cases(section: str) -> list[object]:
    return [
        pytest.param(rule, case, id=f"{rule.id}: {case.name}")
        for rule in RULES.values()
        for case in cases(catalogue.page(rule), section)
    ]


@pytest.mark.parametrize(("rule", "case"), all_cases("Bad"))
def test_bad_example(rule: Rule, case: Case) -> None:
    assert case.expected, "a bad example marks its findings"
    assert found(rule, case) == case.expected


@pytest.mark.parametrize(("rule", "case"), all_cases("Good"))
def test_good_example(rule: Rule, case: Case) -> None:
    assert not case.expected
    assert case.files or rule.id == "missing-artefact"
    assert found(rule, case) == Counter()


@pytest.mark.parametrize("rule", EVERY.values(), ids=EVERY)
def test_page_is_complete(rule: Rule) -> None:
    page = catalogue.page(rule)
    assert page.startswith(f"# {rule.id}\n"), "the page starts with the rule's id"
    assert list(sections(page)) == ["Bad", "Good", "Fix"]
    assert len(first_paragraph(page).split()) >= 20, "the page says why the rule exists"
    assert rule.summary.endswith(".")
    assert "\n" not in rule.summary


@pytest.mark.parametrize("rule", EVERY.values(), ids=EVERY)
def test_name_is_the_file_name(rule: Rule) -> None:
    assert Path(rule.module.rpartition(".")[2]).name.replace("_", "-") == rule.id


def test_requirements_exist() -> None:
    ledger = load(MemorySource({**schemas(), **small_settings()}))
    assert ledger.settings
    known = ledger_ids()
    wrong = {
        rule.id: set(rule.requirements) - known for rule in EVERY.values() if set(rule.requirements) - known
    }
    assert not wrong


def ledger_ids() -> set[str]:
    from support.memory import ROOT

    from smsrepo.load.yaml_dialect import parse

    return {row["id"] for row in parse((ROOT / "sms/requirements/iso-20000-1-2011.yml").read_text())["rows"]}


def test_a_rule_waits_for_the_files_it_reads() -> None:
    broken = {"sms/roles.yml": b"roles: [\n"}
    repo = load(MemorySource({**schemas(), **small_settings(), **broken}))
    report = run(repo, RULES.values(), date(2026, 11, 20))
    assert "unknown-role" in {rule.id for rule in report.waiting}
    assert {finding.rule for finding in report.findings if finding.path == "sms/roles.yml"} == {
        "unreadable-file"
    }
