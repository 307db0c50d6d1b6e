"""Runs rules over a snapshot and turns their flaws into findings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from smsrepo.control.settings import Settings
from smsrepo.load.positions import locate
from smsrepo.load.refusal import Refused
from smsrepo.model.finding import Finding, Flaw, Severity
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Context, Rule


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in file order, and the rules that waited because files they read are broken."""

    findings: tuple[Finding, ...]
    waiting: tuple[str, ...]
    waived: int

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


def run(repo: Repo, rules: Collection[Rule], as_of: date) -> Report:
    """Every rule over the whole snapshot, but for those that wait; waived findings are left out and counted."""
    unsettled = repo.broken_types | repo.dangling_types
    waiting = tuple(rule.id for rule in rules if rule.reads & unsettled)
    findings = findings_of(repo, (rule for rule in rules if not rule.reads & unsettled), as_of)
    waived = _waived(repo, as_of)
    kept = tuple(finding for finding in findings if (finding.rule, finding.path) not in waived)
    return Report(kept, waiting, len(findings) - len(kept))


def findings_of(repo: Repo, rules: Iterable[Rule], as_of: date) -> list[Finding]:
    """What some rules find, in file order, whether or not the files they read are whole."""
    context = Context(as_of, Settings(repo))
    found = [_finding(repo, rule, flaw) for rule in rules for flaw in rule.run(repo, context)]
    return sorted(found, key=lambda f: (f.path, f.line, f.column, f.rule, f.pointer))


def only(report: Report, paths: Iterable[str]) -> Report:
    """The report with the findings below some paths."""
    wanted = [path.rstrip("/") for path in paths]
    kept = tuple(
        f
        for f in report.findings
        if any(f.path == p or f.path.startswith(f"{p}/") or p == "." for p in wanted)
    )
    return Report(kept, report.waiting, report.waived)


def _finding(repo: Repo, rule: Rule, flaw: Flaw) -> Finding:
    line, column = (flaw.line, flaw.column) if flaw.line else _place(repo, flaw)
    requirements = flaw.requirements or rule.requirements
    return Finding(
        rule.id, rule.severity, flaw.path, line, column, flaw.pointer, flaw.message, flaw.hint, requirements
    )


def _place(repo: Repo, flaw: Flaw) -> tuple[int, int]:
    file = repo.by_path.get(flaw.path) or repo.settings.get(flaw.path)
    if file is None:
        return 1, 1
    try:
        return locate(flaw.path, file.text, flaw.pointer, at_key=flaw.at_key)
    except Refused:
        return 1, 1


def _waived(repo: Repo, as_of: date) -> frozenset[tuple[str, str]]:
    """(rule, path) of the waivers that still run."""
    return frozenset(
        (waiver["rule"], artefact.path if (artefact := repo.find(waiver["artefact"])) else waiver["artefact"])
        for _, waiver in Settings(repo).waivers()
        if as_of <= date.fromisoformat(waiver["until"])
    )
