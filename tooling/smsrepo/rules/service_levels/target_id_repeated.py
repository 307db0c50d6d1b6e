"""A measurement finds its target by the id."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import targets


@rule(
    "target-id-repeated",
    severity=ERROR,
    requirements=["6.1-s6.1", "7.2-d"],
    reads=["sla", "ola", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two targets of an agreement have the same id."""
    for type_ in ("sla", "ola", "supplier-contract"):
        for agreement in repo.all(type_):
            first: dict[str, int] = {}
            for number, (pointer, target) in enumerate(targets(agreement), 1):
                id_ = target.get("id")
                if id_ is not None and first.setdefault(id_, number) != number:
                    yield agreement.flaw(
                        f"{pointer}/id",
                        f"`{id_}` is already the id of target {first[id_]} of {agreement.id}",
                        "Give each target an id of its own, such as availability-mail.",
                    )
