"""What needs itself to work cannot be started, and nobody can say what fails first."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("dependency-cycle", severity=ERROR, requirements=["6.1-s3", "9.1-b"], reads=["service", "component"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Services or components depend on each other in a circle."""
    for type_ in ("service", "component"):
        entries = {entry.id: entry for entry in repo.all(type_)}
        needs = {
            id_: [need for need in entry.ids("depends_on") if need in entries]
            for id_, entry in entries.items()
        }
        while circle := _circle(needs):
            first, second = entries[circle[0]], circle[1]
            needs[circle[-2]].remove(first.id)  # so that the next turn finds the next circle
            yield first.flaw(
                f"/depends_on/{first.ids('depends_on').index(second)}",
                f"the dependencies form a circle: {' → '.join(circle)}",
                "Take out the dependency that does not hold in operation.",
            )


def _circle(needs: dict[str, list[str]]) -> list[str]:
    """Some circle of the graph, from its smallest id back to it; empty where there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        ring = error.args[1][:0:-1]
        start = ring.index(min(ring))
        return [*ring[start:], *ring[:start], ring[start]]
    return []
