"""The service desk hears of a release before its users do."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.release.deployments import went_live
from smsrepo.rules.rule import WARNING, Context, rule

_PROCESSES = {
    "change management": {"change-manager"},
    "the service desk": {"service-desk", "incident-manager"},
}


@rule(
    "release-untold",
    severity=WARNING,
    requirements=["9.3-s20.1", "9.3-s20.2"],
    reads=["release", "release-review", "communication"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The date of a release was told to nobody, or its result not to change management and the service desk."""
    for release in repo.all("release"):
        deployed = release.date("deployed_on")
        if deployed and went_live(release) and not _announced(repo, release):
            yield release.flaw(
                "deployed_on",
                f"{release.id} went live on {deployed}, and no communication up to that day is about it or its changes",
                "Record how those concerned were told: sms new communication.",
            )
    for review in repo.all("release-review"):
        told = set(review.ids("reported_to"))
        missing = [name for name, roles in _PROCESSES.items() if told and not told & roles]
        if missing:
            message = f"{review.id} was not reported to {' and '.join(missing)}"
            yield review.flaw(
                "reported_to", message, "Tell them whether the release succeeded, and add the role."
            )


def _announced(repo: Repo, release: Artefact) -> bool:
    deployed = release.date("deployed_on")
    return any(
        sent <= deployed
        for id_ in (release.id, *release.ids("changes"))
        for source in repo.incoming.get(id_, ())
        if deployed and source.type.name == "communication" and (sent := source.date("sent_on"))
    )
