"""What a contract or licence will charge is known beforehand."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.finance.figures import covering
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.service_levels.targets import applies


@rule(
    "charge-unbudgeted",
    severity=WARNING,
    requirements=["6.4-a-1", "6.4-a-5"],
    reads=["supplier-contract", "licence", "budget"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A supplier contract or licence in force is covered by no line of the present budget."""
    current = covering(repo, on.as_of)
    if not current:
        return
    covered = {
        id_ for budget in current for _, line in pointed(budget, "lines") for id_ in line.get("covers", ())
    }
    for one in _charging(repo, on):
        if one.id not in covered:
            yield one.flaw(
                "id",
                f"no line of {current[0].id} covers {one.id} ({one.title})",
                "Name it under `covers` of the line that bears its cost, even where the cost is 0.",
            )


def _charging(repo: Repo, on: Context) -> Iterator[Artefact]:
    yield from (one for one in repo.issued("supplier-contract") if applies(one, on.as_of))
    yield from (one for one in repo.issued("licence") if one.active)
