"""Over the cycle of audits nothing stays unseen."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

LEDGER = "sms/requirements/iso-20000-1-2011.yml"
CYCLE = 3


@rule(
    "audit-scope-gap",
    severity=WARNING,
    requirements=["4.5.4.2-a", "4.5.4.2-s3"],
    reads=["audit-report", "control", "organisation", "requirements"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A clause of the standard was in no internal audit of the last three intervals."""
    interval, since = on.settings.interval("internal_audit"), on.settings.operating_since
    if interval is None or since is None or interval.after(since) >= on.as_of:
        return
    reports = []
    for report in repo.all("audit-report", status="reported"):
        start = end = report.date("reported_on")
        for _ in range(CYCLE):
            end = interval.after(end) if end else None
        if start and end and start <= on.as_of <= end:
            reports.append((start, report.id, report))
    if not reports:  # that there is no audit at all, the planned interval says
        return
    audited = {
        clause for _, _, report in reports for clause in report.data.get("scope", {}).get("clauses", ())
    }
    clauses = dict.fromkeys(row["clause"] for row in repo.setting(LEDGER).get("rows", ()))
    gaps = [clause for clause in clauses if not any(f"{clause}.".startswith(f"{part}.") for part in audited)]
    if gaps:
        message = f"this audit and those before it, back to {min(reports)[0]}, leave out {', '.join(gaps)}"
        yield max(reports)[2].flaw(
            "/scope/clauses", message, "Put these clauses into the plan of the next audit."
        )
