"""An audit of information security says what it found there."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-audit-without-verdict",
    severity=ERROR,
    requirements=["6.6.1-e", "6.6.1-f"],
    reads=["audit-report"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An audit had information security in its scope, and its report says nothing about it."""
    for report in repo.all("audit-report", status="reported"):
        for number, clause in enumerate(report.data.get("scope", {}).get("clauses", ())):
            if f"{clause}.".startswith("6.6.") or clause == "6":
                if "security_verdict" not in report.data:
                    yield report.flaw(
                        f"/scope/clauses/{number}",
                        f"{report.id} covers clause {clause} and has no `security_verdict`",
                        "Say what the audit found about information security, and what can be improved.",
                    )
                break
