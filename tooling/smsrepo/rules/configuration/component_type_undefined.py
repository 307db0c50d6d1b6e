"""What is kept of an item follows from its type."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "component-type-undefined",
    severity=ERROR,
    requirements=["9.1-s1", "9.2-a"],
    reads=["component", "component-type", "policy-change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A component, or the change management policy, names a type of component that no entry defines."""
    defined = {entry.data.get("component_type") for entry in repo.all("component-type")}
    hint = "Define the type: sms new component-type."
    for component in repo.all("component"):
        kind = component.data.get("component_type")
        if kind and kind not in defined:
            yield component.flaw(
                "component_type", f"no entry defines the type `{kind}` of {component.id}", hint
            )
    for policy in repo.all("policy-change"):
        for index, kind in enumerate(policy.ids("component_types")):
            if kind not in defined:
                message = f"{policy.id} puts the type `{kind}` under change control, and no entry defines it"
                yield policy.flaw(f"/component_types/{index}", message, hint)
