"""The same impact and urgency give the same priority."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import applies_on
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.matrix import cells, matrix
from smsrepo.rules.rule import WARNING, Context, rule

_SINCE = {"incident": "reported_at", "service-request": "requested_at", "problem": "opened_on"}


@rule(
    "incident-priority-inconsistent",
    severity=WARNING,
    requirements=["8.1-s4.1", "8.1-s4.2", "8.2-c"],
    reads=["incident", "service-request", "problem", "priority-matrix"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident, request or problem has another priority than the matrix gives, and nobody says why."""
    found = matrix(repo)
    if found is None:
        return
    given = cells(found)
    for type_name, field in _SINCE.items():
        for record in repo.all(type_name):
            since = record.date(field)
            impact, urgency = record.data.get("impact", ""), record.data.get("urgency", "")
            priority, wanted = record.data.get("priority"), given.get((impact, urgency))
            if priority in (None, wanted) or wanted is None or "priority_override" in record.data:
                continue
            if since and applies_on(found, since):
                yield record.flaw(
                    "priority",
                    f"the priority is {priority}; for impact {impact} and urgency {urgency} {found.id} gives {wanted}",
                    "Correct what was judged wrongly, or say in `priority_override` who decided it and why.",
                )
