"""Findings as GitHub workflow commands: annotations on the lines of a pull request."""

from smsrepo.check.engine import Report
from smsrepo.export import text
from smsrepo.model.finding import Finding


def render(report: Report, artefacts: int, seconds: float) -> str:
    """One command per finding; GitHub shows ten of each level, so the readable text follows."""
    lines = [_command(finding) for finding in report.findings]
    return "".join(f"{line}\n" for line in lines) + text.render(report, artefacts, seconds)


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, "line": finding.line, "col": finding.column, "title": finding.rule}
    values = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{finding.severity} {values}::{_data('. '.join(filter(None, (finding.message, finding.hint))))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
