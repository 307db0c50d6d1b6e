"""A control that is not in operation protects nobody from those who come in."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "access-under-idle-control",
    severity=ERROR,
    requirements=["6.6.2-s7.3"],
    reads=["external-access", "security-control"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An external organisation has access under a security control that is not in operation."""
    for entry in repo.issued("external-access"):
        for number, id_ in enumerate(entry.ids("controls")):
            control = repo.find(id_)
            if entry.active and control and control.type.name == "security-control" and not control.active:
                yield entry.flaw(
                    f"/controls/{number}",
                    f"{id_} is {control.data.get('stage', 'not in operation')}, and {entry.id} relies on it",
                    "Put the control into operation, agree another one, or close the access.",
                )
