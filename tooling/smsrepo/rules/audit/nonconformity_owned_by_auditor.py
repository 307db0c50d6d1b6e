"""The area that has the problem solves it; the auditor looks whether it did."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "nonconformity-owned-by-auditor",
    severity=ERROR,
    requirements=["4.5.4.2-s8.3", "4.5.4.2-s9.1"],
    reads=["nonconformity", "audit-report", "assignments", "people"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Nobody but the auditors who found a nonconformity answers for it."""
    for nonconformity in repo.all("nonconformity"):
        report = repo.find(nonconformity.data.get("source", ""))
        raised = nonconformity.date("raised_on")
        role = nonconformity.data.get("responsible", "")
        if report is None or report.type.name != "audit-report" or raised is None:
            continue
        holders = [person.id for person in on.settings.holders(role, raised)]
        if holders and set(holders) <= set(report.ids("auditors")):
            yield nonconformity.flaw(
                "responsible",
                f"`{role}` is held by {' and '.join(holders)}, who found it in {report.id}",
                "Make the role responsible that manages the area audited.",
            )
