"""An entry keeps to the definition of its type."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "component-outside-type",
    severity=ERROR,
    requirements=["9.1-s2", "9.1-b", "9.1-d"],
    reads=["component", "component-type"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A component stands in a stage, or rests on an item, that the definition of its type does not allow."""
    types = {entry.data.get("component_type"): entry for entry in repo.all("component-type")}
    for component in repo.all("component"):
        kind = types.get(component.data.get("component_type"))
        if kind is None:
            continue  # told by component-type-undefined
        stage = component.data.get("stage")
        if stage and "stages" in kind.data and stage not in kind.ids("stages"):
            message = f"{kind.id} knows no stage `{stage}`"
            yield component.flaw(
                "stage", message, "Correct the stage, or add it to the definition of the type."
            )
        for index, id_ in enumerate(component.ids("depends_on")):
            other = repo.find(id_)
            needed = other.data.get("component_type") if other else None
            if needed and "rests_on" in kind.data and needed not in kind.ids("rests_on"):
                yield component.flaw(
                    f"/depends_on/{index}",
                    f"{component.id} rests on {id_}, and by {kind.id} an item of its type does not rest on `{needed}`",
                    "Turn the relation round if it is the wrong way, or add the type to `rests_on` of the definition.",
                )
