"""Nobody audits what they do themselves."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "auditor-audits-own-work",
    severity=ERROR,
    requirements=["4.5.4.2-s7"],
    reads=["audit-report", "audit-plan", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An auditor held a role that was audited, or was audited in person."""
    hint = "Have that part audited again by somebody who has no share in it."
    for report in (*repo.all("audit-report"), *repo.all("audit-plan")):
        start = report.date("audited_from") or report.date("audit_from")
        end = report.date("audited_to") or report.date("audit_to")
        audited = {*report.data.get("scope", {}).get("roles_audited", ()), *report.ids("roles_audited")}
        for number, auditor in enumerate(report.ids("auditors")):
            held = audited & on.settings.roles_of(auditor, start, end) if start and end else set()
            pointer = f"/auditors/{number}"
            if held:
                roles = ", ".join(f"`{role}`" for role in sorted(held))
                message = f"`{auditor}` held {roles} during the audit, and the audit covers that work"
                yield report.flaw(pointer, message, hint)
            elif auditor in report.ids("auditees"):
                yield report.flaw(pointer, f"`{auditor}` is auditor and auditee of the same audit", hint)
