"""Steps happen in their order, and none is left out."""

from collections.abc import Iterator
from itertools import pairwise

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import before
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("dates-out-of-order", severity=ERROR, requirements=["4.3.3-s1.1"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A date lies before the step it follows, or that step has no date."""
    for artefact in repo.artefacts:
        for chain in artefact.type.order:
            for earlier, later in pairwise(chain):
                flaw = _compare(artefact, earlier, later, chain)
                if flaw:
                    yield flaw


def _compare(artefact: Artefact, earlier: str, later: str, chain: tuple[str, ...]) -> Flaw | None:
    if later not in artefact.data:
        return None
    if earlier not in artefact.data:
        hint = f"Enter the missing date. The steps, in their order: {', '.join(chain)}."
        return artefact.flaw(later, f"`{later}` is set but `{earlier}` is not", hint)
    start, end = artefact.moment(earlier), artefact.moment(later)
    if start and end and before(end, start):
        message = f"`{later}` ({artefact.data[later]}) lies before `{earlier}` ({artefact.data[earlier]})"
        return artefact.flaw(later, message, "Correct the date that is wrong.")
    return None
