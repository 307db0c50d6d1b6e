"""When major incidents were reviewed: in a record of its own, or in the incident itself."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


def reviews(repo: Repo, incident: Artefact) -> Iterator[tuple[Artefact, str, date]]:
    """Each review with the record and the field that say when it was."""
    handling = incident.data.get("major_handling", {})
    told = handling.get("reviewed_on")
    if isinstance(told, str):
        yield incident, "/major_handling/reviewed_on", date.fromisoformat(told)
    for review in repo.linked(incident, "major-incident-review", by="incident"):
        if day := review.date("reviewed_on"):
            yield review, "/reviewed_on", day
