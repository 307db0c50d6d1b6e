"""Each customer of a service has signed for it."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "customer-without-agreement",
    severity=ERROR,
    requirements=["6.1-s1", "6.1-s4"],
    reads=["service", "customer", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A customer of a live service has no service level agreement for it that both sides have signed."""
    signed = {
        (service, customer)
        for agreement in repo.issued("sla")
        for customer in _signed_by(agreement)
        for service in agreement.ids("services")
    }
    for service in repo.all("service"):
        for number, id_ in enumerate(service.ids("customers")):
            customer = repo.find(id_)
            if not service.active or customer is None or not customer.active:
                continue
            if (service.id, id_) not in signed:
                yield service.flaw(
                    f"/customers/{number}",
                    f"{id_} receives {service.id}, and no agreement on it is signed by {id_} and the provider",
                    "Agree and sign one, add the service to an agreement, or take the customer out of the entry.",
                )


def _signed_by(agreement: Artefact) -> set[str]:
    """The customers that an agreement names and that signed it together with the provider."""
    signatories = agreement.data.get("signatories", ())
    if not any(signatory.get("for") == "provider" for signatory in signatories):
        return set()
    return {str(signatory.get("party")) for signatory in signatories} & set(agreement.ids("customers"))
