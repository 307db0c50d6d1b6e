"""A lead supplier is one because others work for it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "supplier-role-contradicted",
    severity=ERROR,
    requirements=["7.2-s5"],
    reads=["supplier", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The contracts of a lead supplier name no subcontractors, or one of a direct supplier names some."""
    for supplier in repo.issued("supplier"):
        contracts = [c for c in repo.issued("supplier-contract") if c.data.get("supplier") == supplier.id]
        naming = [c for c in contracts if isinstance(c.data.get("subcontractors"), list)]
        silent = [c for c in contracts if isinstance(c.data.get("subcontractors"), dict)]
        if supplier.data.get("role") == "lead" and silent and not naming:
            yield silent[0].flaw(
                "subcontractors",
                f"{supplier.id} is a lead supplier, and {silent[0].id} says that it has no subcontractors",
                "Name each subcontractor with its task and how the supplier keeps it in hand,"
                " or set the role of the supplier to `direct`.",
            )
        if supplier.data.get("role") == "direct":
            for contract in naming:
                yield contract.flaw(
                    "subcontractors",
                    f"{contract.id} names subcontractors, but {supplier.id} is not a lead supplier",
                    "Set the role of the supplier to `lead`, or correct the contract.",
                )
