"""Who audits has learned how."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

AUDITING = "lead-auditor"


@rule(
    "auditor-untrained",
    severity=WARNING,
    requirements=["4.5.4.2-s6.1"],
    reads=["audit-report", "audit-plan", "competence-record"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """No competence record shows that an auditor was trained or judged competent for audits by then."""
    since: dict[str, date] = {}
    for record in repo.all("competence-record"):
        day = record.date("held_on")
        if day and (AUDITING in record.ids("for_roles") or _found_competent(record)):
            for person in (*record.ids("person"), *record.ids("participants")):
                since[person] = min(day, since.get(person, date.max))
    for audit in (*repo.all("audit-report"), *repo.all("audit-plan")):
        last = audit.date("audited_to") or audit.date("audit_to")
        for number, auditor in enumerate(audit.ids("auditors")):
            if last and since.get(auditor, date.max) > last:
                yield audit.flaw(
                    f"/auditors/{number}",
                    f"nothing shows that `{auditor}` was competent to audit on {last}",
                    f"Record training or experience for the role {AUDITING}: sms new competence-record.",
                )


def _found_competent(record: Artefact) -> bool:
    """Whether a check of competence found no gap for the role."""
    checked = [entry for entry in record.data.get("roles", ()) if entry.get("role") == AUDITING]
    return any("gap" not in entry.values() for entry in checked)
