"""Where a process failed as a whole, an auditor comes back."""

import re
from collections.abc import Iterator
from datetime import date

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_CLAUSE = re.compile(r"[4-9](\.[0-9]+)*")


@rule(
    "major-finding-not-audited-again",
    severity=ERROR,
    requirements=["4.5.4.2-s4.1", "4.5.4.2-s4.2"],
    reads=["nonconformity", "audit-report", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The clause of a major nonconformity from an audit was not audited again within the interval of audits."""
    interval = on.settings.interval("internal_audit")
    last_seen: dict[str, date] = {}
    for report in repo.all("audit-report", status="reported"):
        day = report.date("audited_from")
        for clause in report.data.get("scope", {}).get("clauses", ()) if day else ():
            last_seen[clause] = max(day or date.min, last_seen.get(clause, date.min))
    for nonconformity in repo.all("nonconformity", severity="major"):
        source, raised = repo.find(nonconformity.data.get("source", "")), nonconformity.date("raised_on")
        match = _CLAUSE.match(str(nonconformity.data.get("requirement", "")))
        if interval is None or raised is None or match is None:
            continue
        if source is None or source.type.name != "audit-report" or interval.after(raised) >= on.as_of:
            continue
        clause = match.group()
        seen = (day for part, day in last_seen.items() if _within(clause, part) or _within(part, clause))
        if not any(day > raised for day in seen):
            yield nonconformity.flaw(
                "severity",
                f"clause {clause} was not audited again within {interval.words} of {raised}",
                "Bring its next audit forward, whatever the programme says.",
            )


def _within(clause: str, part: str) -> bool:
    return f"{clause}.".startswith(f"{part}.")
