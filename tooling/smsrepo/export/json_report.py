"""Findings for programs. The shape is an interface: fields are added, never changed."""

import json
from dataclasses import asdict

from smsrepo.check.engine import Report
from smsrepo.model.finding import Severity


def render(report: Report, artefacts: int, unreadable: int, seconds: float) -> str:
    """{"findings": […], "waived": […], "waiting": [rule ids], "summary": {…}}."""
    summary = {
        "artefacts": artefacts,
        "unreadable": unreadable,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "seconds": round(seconds, 3),
    }
    data = {
        "findings": [asdict(f) for f in report.findings],
        "waived": [asdict(f) for f in report.waived],
        "waiting": [rule.id for rule in report.waiting],
        "summary": summary,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
