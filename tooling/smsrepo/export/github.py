"""Findings as GitHub workflow commands: annotations on the lines of a pull request."""

import secrets

from smsrepo.check.engine import Report
from smsrepo.export import text
from smsrepo.model.finding import Finding


def render(report: Report, artefacts: int, unreadable: int, seconds: float) -> str:
    """One command per finding; GitHub shows ten of each level, so the readable text follows."""
    commands = "".join(command(finding) for finding in report.findings)
    return commands + harmless(text.render(report, artefacts, unreadable, seconds))


def harmless(words: str) -> str:
    """Text in which nothing is taken for a command to the workflow: those are off while it is printed."""
    end = secrets.token_hex(16)
    return f"::stop-commands::{end}\n{words}::{end}::\n"


def command(finding: Finding) -> str:
    """The line that annotates a finding; one that is about no line of a file stands at its top."""
    place = {"line": finding.line or 1, "col": finding.column or 1}
    properties = {"file": finding.path, **place, "title": finding.rule}
    values = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return (
        f"::{finding.severity} {values}::{_data('. '.join(filter(None, (finding.message, finding.hint))))}\n"
    )


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
