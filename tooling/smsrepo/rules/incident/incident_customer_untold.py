"""The customer hears how things stand."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("incident-customer-untold", severity=WARNING, requirements=["8.1-s8"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident was resolved, and no entry of its history was told to the customer."""
    for incident in repo.all("incident"):
        updates = incident.data.get("updates", ())
        told = any(update.get("told_customer") for update in updates)
        if incident.status in ("resolved", "closed") and updates and not told:
            yield incident.flaw(
                "updates",
                f"none of the {len(updates)} entries of {incident.id} was told to the customer",
                "Tell the customer what happened and add that as an entry.",
            )
