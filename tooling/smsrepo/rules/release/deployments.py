"""What the deployments of a release say about it."""

from datetime import datetime

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


def live(repo: Repo, release: Artefact) -> list[Artefact]:
    """The deployments of a release into the live environment, a pilot group included."""
    return [
        deployment
        for deployment in repo.linked(release, "deployment", by="release")
        if deployment.data.get("environment") in ("pilot", "live")
    ]


def begun(repo: Repo, release: Artefact) -> datetime | None:
    """When the first of them began; None where none is recorded."""
    return min((at for d in live(repo, release) if (at := d.moment("started_at"))), default=None)


def went_live(release: Artefact) -> bool:
    """Whether the release reached the live environment, with whatever success."""
    return release.status in ("deployed", "failed", "closed")
