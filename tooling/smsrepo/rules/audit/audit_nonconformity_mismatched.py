"""What an audit found and what is followed up are the same list."""

from collections.abc import Iterator, Mapping
from typing import Any

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
        findings = report.data.get("findings", ())
        for number, finding in enumerate(findings if isinstance(findings, list) else ()):
            record = repo.find(finding.get("record", ""))
            if finding.get("grade") == "nonconformity" and record and record.type.name != "nonconformity":
                yield report.flaw(
                    f"/findings/{number}/record",
                    f"finding {finding.get('id', number + 1)} is a nonconformity, and {record.id} is none",
                    "Record it as one and name that: sms new nonconformity.",
                )
    for nonconformity in repo.all("nonconformity"):
        source = repo.find(nonconformity.data.get("source", ""))
        if (
            source
            and source.type.name == "audit-report"
            and source.closed
            and not _names(source.data, nonconformity.id)
        ):
            message = (
                f"no finding of {source.id} names {nonconformity.id}, which says that this audit showed it"
            )
            yield nonconformity.flaw(
                "source", message, "Correct the source, or add the finding to the report."
            )


def _names(report: Mapping[str, Any], id_: str) -> bool:
    findings = report.get("findings", ())
    return isinstance(findings, list) and any(finding.get("record") == id_ for finding in findings)
