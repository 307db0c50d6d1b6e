"""Whoever relies on a chain looks at its links."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "lead-supplier-unproven",
    severity=ERROR,
    requirements=["7.2-s6"],
    reads=["supplier-review", "supplier", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A review of a lead supplier shows no proof that it controls its subcontractors."""
    for review in repo.all("supplier-review"):
        supplier = repo.find(review.data.get("supplier", ""))
        contract = repo.find(review.data.get("contract", ""))
        named = contract.data.get("subcontractors") if contract else None
        leads = supplier is not None and supplier.data.get("role") == "lead" and isinstance(named, list)
        if leads and isinstance(review.data.get("subcontractors"), dict):
            yield review.flaw(
                "subcontractors",
                f"{review.data.get('supplier')} leads subcontractors; the review saw no proof of its control",
                "Ask for results, reports of its own checks or test sheets, and write down what was seen.",
            )
