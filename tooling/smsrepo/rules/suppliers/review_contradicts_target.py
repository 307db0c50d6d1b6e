"""Met or missed follows from the figures, not from the minutes."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import reached, target_of, wanted
from smsrepo.rules.suppliers.reviews import judged


@rule(
    "review-contradicts-target",
    severity=ERROR,
    requirements=["7.2-s8.1", "7.2-s9.1"],
    reads=["supplier-review", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A supplier review gives a result that does not follow from the target in the contract."""
    for review, contract in judged(repo):
        for index, result in enumerate(review.data.get("results", ())):
            target = target_of(contract, result.get("target"))
            if target is None:
                yield review.flaw(
                    f"/results/{index}/target",
                    f"{contract.id} has no target `{result.get('target', '')}`",
                    "Write the id of the target exactly as it stands in the contract.",
                )
                continue
            actual = result.get("actual")
            met = reached(target, actual)
            if met is not None and result.get("met", met) is not met:
                word = "met" if met else "missed"
                yield review.flaw(
                    f"/results/{index}/met",
                    f"{contract.id} wants {wanted(target)}, the worst result is {actual}: that is {word}",
                    "Check the figure in its source, then correct `actual` or `met`.",
                )
