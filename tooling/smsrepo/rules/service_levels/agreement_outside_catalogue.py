"""What is agreed is in the catalogue, and for whom."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "agreement-outside-catalogue",
    severity=ERROR,
    requirements=["6.1-s2", "6.1-s9"],
    reads=["sla", "service"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An agreement covers a service for a customer that the catalogue entry does not name."""
    for agreement in repo.issued("sla"):
        for id_ in agreement.ids("services"):
            service = repo.find(id_)
            if service is None or not service.active:
                continue
            for number, customer in enumerate(agreement.ids("customers")):
                if customer not in service.ids("customers"):
                    yield agreement.flaw(
                        f"/customers/{number}",
                        f"{agreement.id} agrees {id_} with {customer}; the entry of {id_} does not name {customer}",
                        "Bring the entry and the agreement in step, with the request for change that alters them.",
                    )
