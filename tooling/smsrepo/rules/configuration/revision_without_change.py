"""Nothing in the configuration records changes by itself."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_COVERS = {"component": "components", "service": "services"}


@rule(
    "revision-without-change",
    severity=ERROR,
    requirements=["9.1-s10", "9.2-s7", "9.2-s8"],
    reads=["component", "service", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A new revision of a component or service rests on no approved request for change that covers it."""
    for type_, field in _COVERS.items():
        for entry in repo.issued(type_):
            flaw = _flaw(repo, entry, field)
            if flaw:
                yield flaw


def _flaw(repo: Repo, entry: Artefact, field: str) -> Flaw | None:
    cited = entry.data.get("change")
    if cited is None:
        if str(entry.data.get("revision", "1.0")) == "1.0":
            return None  # the first issue
        message = f"revision {entry.data['revision']} of {entry.id} names no request for change"
        return entry.flaw("revision", message, "Name in `change` the request that allowed it.")
    change = repo.find(str(cited))
    if change is None or change.type.name != "change":
        return None  # told by the rules about references
    if change.data.get("decision") != "approved":
        message = f"{entry.id} was altered by {change.id}, which is not approved"
        return entry.flaw(
            "change", message, "Issue the revision after the decision, or name the right request."
        )
    if entry.id not in change.ids(field):
        message = f"{entry.id} was altered by {change.id}, whose scope does not name it"
        hint = f"Name the request whose `{field}` hold {entry.id}. An open request can still be completed."
        return entry.flaw("change", message, hint)
    return None
