"""What is still delivered is still agreed."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies, validity

_ROWS = {"sla": "6.1-s4", "ola": "6.1-s12.2", "supplier-contract": "7.2-s2"}


@rule(
    "agreement-lapsed",
    severity=ERROR,
    requirements=_ROWS.values(),
    reads=[*_ROWS, "service", "customer", "internal-group", "supplier"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An agreement does not apply on the day, what it is about goes on, and no other agreement covers it."""
    for type_, row in _ROWS.items():
        issued = [agreement for agreement in repo.all(type_) if agreement.issued]
        covered = {about for a in issued if applies(a, on.as_of) for about in _goes_on(repo, a)}
        for agreement in issued:
            open_ = [about for about in _goes_on(repo, agreement) if about not in covered]
            if not open_ or applies(agreement, on.as_of):
                continue
            begin, end = validity(agreement)
            ended = end is not None and end < on.as_of
            yield agreement.flaw(
                "/validity/to" if ended else "/validity/from",
                f"{agreement.id} {f'ended on {end}' if ended else f'begins on {begin}'},"
                f" and no other {agreement.type.title.lower()} covers {', '.join(open_)}",
                "Renew the agreement or make a new one; if the delivery ended, set the stage of the entry.",
                (row,),
            )


def _goes_on(repo: Repo, agreement: Artefact) -> list[str]:
    """What the agreement is about and still active: services for customers, or the other party."""
    if agreement.type.name != "sla":
        party = repo.find(str(agreement.data.get("group") or agreement.data.get("supplier")))
        return [party.id] if party and party.active else []
    services = [
        service for id_ in agreement.ids("services") if (service := repo.find(id_)) and service.active
    ]
    customers = [
        customer for id_ in agreement.ids("customers") if (customer := repo.find(id_)) and customer.active
    ]
    return [f"{s.id} for {c.id}" for s in services for c in customers if c.id in s.ids("customers")]
