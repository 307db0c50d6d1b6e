"""Over the cycle of audits nothing stays unseen."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
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
    reports: list[tuple[date, Artefact]] = []
    for report in repo.all("audit-report", status="reported"):
        start = end = report.date("reported_on")
        for _ in range(CYCLE):
            end = interval.after(end) if end else None
        if start and end and start <= on.as_of <= end:
            reports.append((start, report))
    if not reports:  # that there is no audit at all, the planned interval says
        return
    scopes = [report.data.get("scope", {}) for _, report in reports]
    audited = {clause for scope in scopes for clause in scope.get("clauses", ())}
    clauses = dict.fromkeys(row["clause"] for row in repo.setting(LEDGER).get("rows", ()))
    gaps = [clause for clause in clauses if not any(f"{clause}.".startswith(f"{part}.") for part in audited)]
    if gaps:
        reports.sort(key=lambda pair: pair[0])
        message = f"this audit and those before it, back to {reports[0][0]}, leave out {', '.join(gaps)}"
        hint = "Put these clauses into the plan of the next audit."
        yield reports[-1][1].flaw("/scope/clauses", message, hint)
