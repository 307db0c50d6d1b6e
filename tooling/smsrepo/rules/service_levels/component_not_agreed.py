"""Who supplies a component has agreed to supply it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies


@rule(
    "component-not-agreed",
    severity=ERROR,
    requirements=["6.1-s12.1", "7.2-a"],
    reads=["component", "ola", "supplier-contract"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Another party supplies a live component and no agreement in force with this party names it."""
    agreed = {
        (party, component)
        for type_, field in (("ola", "group"), ("supplier-contract", "supplier"))
        for agreement in repo.all(type_)
        if applies(agreement, on.as_of)
        for party in agreement.ids(field)
        for component in agreement.ids("components")
    }
    for component in repo.all("component"):
        supply = component.data.get("supplied_by", {})
        party = supply.get("party")
        if party is None or not component.active or (party, component.id) in agreed:
            continue
        type_, row = (
            ("supplier-contract", "7.2-a") if supply.get("kind") == "supplier" else ("ola", "6.1-s12.1")
        )
        kind = repo.types[type_].title.lower()
        yield component.flaw(
            "/supplied_by/party",
            f"{party} supplies {component.id}, but no {kind} with {party} in force names it",
            f"Add the component to the {kind}, or make one: sms new {type_}.",
            (row,),
        )
