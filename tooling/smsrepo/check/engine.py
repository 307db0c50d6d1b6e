"""Runs rules over a snapshot and turns their flaws into findings."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from smsrepo.control.settings import Settings
from smsrepo.errors import UserError
from smsrepo.load.positions import locate_all
from smsrepo.load.refusal import Refused
from smsrepo.model.finding import Finding, Flaw, Severity
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Context, Rule, Subject


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `waived` findings do not fail it, but they are still true; `waiting` rules read
    files that are broken and gave no verdict, so a check in which rules wait is never clean.
    """

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()
    waiting: tuple[Rule, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, severity: Severity) -> bool:
        """Whether the check fails when findings of a severity, or of a worse one, count."""
        counted = [Severity.ERROR] if severity is Severity.ERROR else list(Severity)
        return bool(self.waiting) or any(finding.severity in counted for finding in self.findings)


def run(repo: Repo, rules: Collection[Rule], as_of: date) -> Report:
    """Every rule about files over the whole snapshot, but for those whose files are broken."""
    rules = [rule for rule in rules if rule.subject is Subject.FILES]
    unsettled = repo.broken_types | repo.dangling_types
    waiting = tuple(rule for rule in rules if rule.reads & unsettled)
    waivable = frozenset(rule.id for rule in rules if rule.waivable)
    findings = findings_of(repo, [rule for rule in rules if not rule.reads & unsettled], as_of, waivable)
    covered = _waivers(repo, waivable, as_of)
    kept = tuple(f for f in findings if (f.rule, f.path) not in covered)
    waived = tuple(f for f in findings if (f.rule, f.path) in covered)
    return Report(kept, waived, waiting)


def findings_of(
    repo: Repo, rules: Collection[Rule], as_of: date, waivable: frozenset[str] = frozenset()
) -> list[Finding]:
    """What some rules find, in file order, whether or not the files they read are whole."""
    context = Context(as_of, Settings(repo), waivable)
    found = list(_placed(repo, [(rule, flaw) for rule in rules for flaw in _flaws(rule, repo, context)]))
    return sorted(found, key=lambda f: (f.path, f.line, f.column, f.rule, f.pointer))


def only(report: Report, paths: Iterable[str]) -> Report:
    """The report with the findings below some paths."""
    wanted = [path.rstrip("/") for path in paths]
    kept = tuple(
        f
        for f in report.findings
        if any(f.path == p or f.path.startswith(f"{p}/") or p == "." for p in wanted)
    )
    return replace(report, findings=kept)


def _flaws(rule: Rule, repo: Repo, context: Context) -> list[Flaw]:
    if not rule.local:
        return list(rule.run(repo, context))
    try:
        return list(rule.run(repo, context))
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        raise UserError(f"the rule {rule.module} failed: {problem}", "Mend or remove the file.") from error


def _placed(repo: Repo, found: list[tuple[Rule, Flaw]]) -> Iterator[Finding]:
    """Findings with line and column; each file is looked at once, however many findings it has."""
    by_path: dict[str, list[tuple[Rule, Flaw]]] = {}
    for rule, flaw in found:
        by_path.setdefault(flaw.path, []).append((rule, flaw))
    for path, flaws in by_path.items():
        file = repo.by_path.get(path) or repo.settings.get(path)
        wanted = [(flaw.pointer, flaw.at_key) for _, flaw in flaws if not flaw.line]
        places = _places(path, file.text, wanted) if file and wanted else {}
        for rule, flaw in flaws:
            place = (flaw.line, flaw.column) if flaw.line else places.get((flaw.pointer, flaw.at_key), (1, 1))
            requirements = flaw.requirements or rule.requirements
            yield Finding(
                rule.id, rule.severity, path, *place, flaw.pointer, flaw.message, flaw.hint, requirements
            )


def _places(path: str, text: str, wanted: list[tuple[str, bool]]) -> dict[tuple[str, bool], tuple[int, int]]:
    try:
        return locate_all(path, text, wanted)
    except Refused:
        return {}


def _waivers(repo: Repo, waivable: frozenset[str], as_of: date) -> frozenset[tuple[str, str]]:
    """(rule, path) of the waivers that still run, of rules that may be waived."""
    return frozenset(
        (waiver["rule"], artefact.path)
        for _, waiver in Settings(repo).waivers()
        if waiver["rule"] in waivable
        and as_of <= date.fromisoformat(waiver["until"])
        and (artefact := repo.find(waiver["artefact"]))
    )
