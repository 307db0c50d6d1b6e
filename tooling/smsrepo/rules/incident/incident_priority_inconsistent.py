"""The same impact and urgency give the same priority."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "incident-priority-inconsistent",
    severity=WARNING,
    requirements=["8.1-s4.1", "8.1-s4.2"],
    reads=["incident"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident has another priority than the one before it with the same impact and urgency."""
    before: dict[tuple[str, str], Artefact] = {}
    for incident in sorted(
        repo.all("incident"), key=lambda one: (one.date("reported_at") or date.min, one.id)
    ):
        impact, urgency = incident.data.get("impact"), incident.data.get("urgency")
        priority = incident.data.get("priority")
        if not impact or not urgency or not priority:
            continue
        last = before.get((impact, urgency))
        if last and last.data["priority"] != priority:
            yield incident.flaw(
                "priority",
                f"the priority is {priority}; in {last.id} impact {impact} and urgency {urgency} "
                f"gave {last.data['priority']}",
                "Look it up in the priority matrix, and correct the one that is wrong.",
            )
        before[impact, urgency] = incident
