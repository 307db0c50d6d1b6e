"""A review judges a supplier by the contract with this supplier."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "reviewed-contract-of-other-supplier",
    severity=ERROR,
    requirements=["7.2-s7"],
    reads=["supplier-review", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A supplier review names a contract with another supplier."""
    for review in repo.all("supplier-review"):
        contract = repo.find(review.data.get("contract", ""))
        if contract is None or contract.type.name != "supplier-contract":
            continue
        other = contract.data.get("supplier")
        if other and review.data.get("supplier", other) != other:
            yield review.flaw(
                "contract",
                f"{contract.id} is a contract with {other}, the review is about {review.data['supplier']}",
                "Name the contract with the reviewed supplier, or correct `supplier`.",
            )
