"""A planned audit takes place, or somebody decides that it does not."""

from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_TO_WRITE = timedelta(days=14)


@rule(
    "audit-not-held",
    severity=ERROR,
    requirements=["4.5.4.2-s1"],
    reads=["audit-plan", "audit-report"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The report of a planned audit is missing past its day, and the audit was not put off by decision."""
    reports = list(repo.all("audit-report", status="reported"))
    planned = {report.data.get("plan") for report in reports}
    days = [_days(report, "audited_from", "audited_to") for report in reports]
    for plan in repo.issued("audit-plan"):
        first, last = _days(plan, "audit_from", "audit_to")
        put_off = plan.data.get("postponed", {}).get("to")
        due = date.fromisoformat(put_off) + _TO_WRITE if put_off else plan.date("report_due")
        if plan.id in planned or due is None or due >= on.as_of or first is None or last is None:
            continue
        until = date.fromisoformat(put_off) if put_off else last
        if not any(start and end and start <= until and first <= end for start, end in days):
            yield plan.flaw(
                "/postponed/to" if put_off else "audit_to",
                f"the report of {plan.id} was due on {due}, and no report of an audit in its time is there",
                "Report the audit, or have top management put it off: `postponed` with day and reason.",
            )


def _days(artefact: Artefact, first: str, last: str) -> tuple[date | None, date | None]:
    return artefact.date(first), artefact.date(last)
