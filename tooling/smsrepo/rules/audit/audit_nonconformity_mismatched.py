"""What an audit found and what is followed up are the same list."""

from collections.abc import Iterator
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "audit-nonconformity-mismatched",
    severity=ERROR,
    requirements=["4.5.4.1-s6.1", "4.5.4.2-s8.1"],
    reads=["audit-report", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A nonconformity of an audit has no record of its own, or its audit report does not know it."""
    for report in repo.all("audit-report"):
        for number, finding in enumerate(_findings(report)):
            record = repo.find(finding.get("record", ""))
            if finding.get("grade") == "nonconformity" and record and record.type.name != "nonconformity":
                yield report.flaw(
                    f"/findings/{number}/record",
                    f"finding {finding.get('id', number + 1)} is a nonconformity, and {record.id} is none",
                    "Record it as one and name that: sms new nonconformity.",
                )
    for nonconformity in repo.all("nonconformity"):
        source = repo.find(nonconformity.data.get("source", ""))
        if source is None or source.type.name != "audit-report" or not source.closed:
            continue
        if not any(finding.get("record") == nonconformity.id for finding in _findings(source)):
            yield nonconformity.flaw(
                "source",
                f"{nonconformity.id} comes from {source.id}, but no finding of that report names it",
                "Correct the source, or add the finding to the report.",
            )


def _findings(report: Artefact) -> list[dict[str, Any]]:
    findings = report.data.get("findings")
    return findings if isinstance(findings, list) else []
