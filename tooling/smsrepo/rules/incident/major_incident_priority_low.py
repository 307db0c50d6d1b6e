"""What is major comes first."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("major-incident-priority-low", severity=WARNING, requirements=["8.1-s11"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A major incident was not worked on with the first priority."""
    for incident in repo.all("incident", major=True):
        priority = incident.data.get("priority")
        if isinstance(priority, int) and priority > 1:
            yield incident.flaw(
                "priority",
                f"{incident.id} is a major incident with priority {priority}",
                "Judge impact and urgency again, or look whether the agreed definition of a major incident holds.",
            )
