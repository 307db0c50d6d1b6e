"""A definition on which rights rest holds when the customer has agreed to it."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ROWS = {
    "service-complaint": "7.1-s9",
    "major-incident": "8.1-s10",
    "emergency-change": "9.2-s5",
    "emergency-release": "9.3-s5",
}


@rule(
    "definition-not-agreed",
    severity=ERROR,
    requirements=_ROWS.values(),
    reads=["definition", "decision", "customer"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An active customer has not agreed to a definition that needs its agreement."""
    customers = [customer.id for customer in repo.issued("customer") if customer.active]
    for definition in repo.issued("definition"):
        row = _ROWS.get(definition.data.get("term", ""))
        if row is None:
            continue
        agreed = _agreed(repo, definition, on.as_of)
        if open_ := [id_ for id_ in customers if id_ not in agreed]:
            yield definition.flaw(
                "definition",
                f"no decision shows that {', '.join(open_)} agreed to {definition.id}",
                "Agree it and record that with customer and definition: sms new decision --set kind=agreement.",
                (row,),
            )


def _agreed(repo: Repo, definition: Artefact, on: date) -> set[str]:
    """The customers that had agreed to a definition by a day."""
    return {
        party.get("party", "")
        for decision in repo.linked(definition, "decision")
        if decision.status == "decided" and definition.id in decision.ids("agrees")
        for party in decision.data.get("parties", ())
        if str(party.get("on", "9999")) <= on.isoformat()
    }
