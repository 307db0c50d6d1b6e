"""Findings for people at a terminal."""

import click

from smsrepo.check.engine import Report
from smsrepo.model.finding import Finding, Severity
from smsrepo.model.words import count

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def render(report: Report, artefacts: int, unreadable: int, seconds: float) -> str:
    """One block per finding, then one line that sums up; `unreadable` are files that are not among the artefacts."""
    blocks = [block(finding) for finding in report.findings]
    if report.waiting:
        silent = count(len(report.waiting), "rule gave", "rules gave")
        blocks.append(f"{silent} no verdict, because files they read are broken.\n")
    return "\n".join([*blocks, _summary(report, artefacts, unreadable, seconds)])


def block(finding: Finding) -> str:
    """One finding: place, severity, message, what to do, rule and clause."""
    place = click.style(_place(finding), bold=True)
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity])
    lines = [f"{place}: {severity}: {finding.message}"]
    if finding.hint:
        lines.append(f"    {finding.hint}")
    clauses = (
        f", clause {', '.join(sorted({clause(id_) for id_ in finding.requirements}))}"
        if finding.requirements
        else ""
    )
    lines.append(click.style(f"    [{finding.rule}{clauses}]", dim=True))
    return "\n".join(lines) + "\n"


def _place(finding: Finding) -> str:
    line = f":{finding.line}:{finding.column}" if finding.line else ""
    commit = f" in {finding.commit[:10]}" if finding.commit else ""
    return f"{_visible(finding.path)}{line}{commit}"


def _visible(path: str) -> str:
    """A path without characters that would act on a terminal or on a log reader."""
    return "".join(character if character.isprintable() else "?" for character in path)


def clause(requirement: str) -> str:
    """The clause and letter of a requirement row: "4.3.2-a" is 4.3.2 a, "9.2-s6" is 9.2."""
    number, _, item = requirement.partition("-")
    return f"{number} {item}" if item[:1].isalpha() and not item[1:2].isdigit() else number


def _summary(report: Report, artefacts: int, unreadable: int, seconds: float) -> str:
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    missed = f", {count(unreadable, 'file')} unreadable" if unreadable else ""
    counts = [f"{count(artefacts, 'artefact')} checked in {seconds:.1f} s{missed}"]
    counts.append(count(errors, "error") if errors else "no errors")
    counts.append(count(warnings, "warning") if warnings else "no warnings")
    if report.waived:
        counts.append(f"{len(report.waived)} waived")
    colour = "red" if errors else "yellow" if warnings else "green"
    return click.style(f"{counts[0]}: {', '.join(counts[1:])}.", fg=colour) + "\n"
