"""Supplier reviews with the contracts they judge."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.repo import Repo
from smsrepo.rules.service_levels.targets import judges


def judged(repo: Repo) -> Iterator[tuple[Artefact, Artefact]]:
    """Each supplier review with its contract, where it is the supplier's and held the same targets then."""
    for review in repo.all("supplier-review"):
        contract = repo.find(review.data.get("contract", ""))
        if contract is None or contract.type.name != "supplier-contract":
            continue
        if contract.data.get("supplier") == review.data.get("supplier") and judges(
            contract, day_in(review.data.get("period", {}).get("from"))
        ):
            yield review, contract
