"""After a change the entry tells what is there now."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "changed-component-not-updated",
    severity=ERROR,
    requirements=["9.2-s21", "9.1-s4.1"],
    reads=["component", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The latest successful change of a component is closed, and the entry still cites an earlier one or none."""
    latest: dict[str, tuple[date, str]] = {}
    for change in repo.all("change", status="closed", outcome="successful"):
        done = change.date("implemented_on")
        for id_ in change.ids("components") if done else ():
            if done and id_ not in change.ids("components_unchanged"):
                latest[id_] = max(latest.get(id_, (done, change.id)), (done, change.id))
    for component in repo.issued("component"):
        done, id_ = latest.get(component.id, (None, ""))
        if done and not _tells(repo, component, done, id_):
            yield component.flaw(
                "change" if "change" in component.data else "revision",
                f"{id_} changed {component.id} on {done}, and its entry does not cite this change",
                "Issue a revision that cites it. If the entry needed none, name the component in"
                " `components_unchanged` of the request before it is closed.",
            )


def _tells(repo: Repo, component: Artefact, done: date, id_: str) -> bool:
    """Whether the entry cites that change, or one that came later or is still to come."""
    cited = component.data.get("change")
    if cited == id_:
        return True
    change = repo.find(str(cited)) if cited else None
    if change is None:
        return False
    later = change.date("implemented_on")
    return later is None or later >= done
