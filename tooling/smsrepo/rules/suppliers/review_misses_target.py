"""A review looks at every target, also at the dull ones."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import targets
from smsrepo.rules.suppliers.reviews import judged


@rule(
    "review-misses-target",
    severity=ERROR,
    requirements=["7.2-s8.1"],
    reads=["supplier-review", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A supplier review gives no result for a target of the contract."""
    for review, contract in judged(repo):
        given = {result.get("target") for result in review.data.get("results", ())}
        missing = [
            target["id"] for _, target in targets(contract) if target.get("id", None) not in {None, *given}
        ]
        if missing and "results" in review.data:
            names = ", ".join(f"`{id_}`" for id_ in missing)
            yield review.flaw(
                "results",
                f"{len(missing)} of the targets of {contract.id} have no result: {names}",
                "Take the figures from the measurements or the supplier's reports and add them to `results`.",
            )
