"""Two changes to one thing at one time hide each other's faults."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("changes-collide", severity=WARNING, requirements=["9.2-s16.1"], reads=["change"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two approved changes touch the same component on the same day."""
    taken: dict[tuple[str, str], str] = {}
    for change in sorted(repo.all("change", status="approved"), key=lambda change: change.id):
        if "scheduled_for" not in change.data or "implemented_on" in change.data:
            continue
        day = change.data["scheduled_for"]
        shared = [component for component in change.ids("components") if (component, day) in taken]
        if shared:
            others = ", ".join(sorted({taken[component, day] for component in shared}))
            yield change.flaw(
                "scheduled_for",
                f"{change.id} touches {', '.join(shared)} on {day}, as {others} does",
                "Move one of them, or make them one change.",
            )
        taken |= {(component, day): change.id for component in change.ids("components")}
