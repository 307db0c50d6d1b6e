"""An agreement binds whoever signed it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("agreement-unsigned", severity=ERROR, requirements=["6.1-s4"], reads=["sla", "customer"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Nobody signed a service level agreement for the provider, or for one of the customers."""
    for sla in repo.issued("sla"):
        signatories = sla.data.get("signatories", ())
        signed = {one.get("party") for one in signatories if one.get("for") == "customer"}
        if not any(one.get("for") == "provider" for one in signatories):
            yield sla.flaw(
                "signatories", "nobody signed for the provider", "Enter who signed, and the position."
            )
        for customer in sla.ids("customers"):
            if customer not in signed:
                hint = (
                    "Enter who signed, with `for: customer` and `party`. Without a signature it is a draft."
                )
                yield sla.flaw("signatories", f"nobody signed for {customer}", hint)
