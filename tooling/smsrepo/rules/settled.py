"""What went wrong and cannot be made undone is settled by saying so."""

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


def settled_by(repo: Repo, artefact: Artefact) -> list[Artefact]:
    """The nonconformities that name an artefact as what showed them or in their `links`.

    Rules whose hint asks for a nonconformity are silent once there is one; they read `nonconformity`.
    """
    return [
        one
        for one in repo.linked(artefact, "nonconformity")
        if artefact.id in one.ids("source") or artefact.id in one.ids("links")
    ]
