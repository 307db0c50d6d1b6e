"""A review counts what the records hold."""

from collections.abc import Iterator
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import moment_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-incidents-miscounted",
    severity=ERROR,
    requirements=["9.3-s17"],
    reads=["release", "release-review", "incident"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release review leaves out an incident of the release, lists one from another time, or counts wrongly."""
    for review in repo.all("release-review"):
        release = repo.find(str(review.data.get("release", "")))
        if release is None or release.type.name != "release":
            continue
        listed = review.ids("incidents")
        for index, id_ in enumerate(listed):
            incident = repo.find(id_)
            if incident and not _within(incident, review.data.get("window")):
                message = f"{id_} was reported outside the time that {review.id} looks at"
                hint = "Set the window right, or take the incident out."
                yield review.flaw(f"/incidents/{index}", message, hint)
        for id_ in sorted(_related(repo, release) - set(listed)):
            incident = repo.find(id_)
            if incident and _within(incident, review.data.get("window")):
                yield review.flaw(
                    "incidents",
                    f"{id_} came after the deployment and names {release.id} or one of its changes;"
                    f" {review.id} does not count it",
                    "Add it and judge the release again.",
                )
        if review.data.get("incident_count", len(listed)) != len(listed):
            message = f"{review.data['incident_count']} are counted and {len(listed)} listed"
            yield review.flaw("incident_count", message, "Count again.")


def _related(repo: Repo, release: Artefact) -> set[str]:
    """The incidents that name the release or one of its changes."""
    return {
        incident.id
        for id_ in (release.id, *release.ids("changes"))
        for incident in repo.incoming.get(id_, ())
        if incident.type.name == "incident"
    }


def _within(incident: Artefact, window: Any) -> bool:
    """Whether it was reported in the time looked at; where a time is missing, it counts."""
    reported = incident.moment("reported_at")
    if reported is None or not isinstance(window, dict):
        return True
    first, last = (moment_in(window.get(name)) for name in ("from", "to"))
    return (first is None or reported >= first) and (last is None or reported <= last)
