"""Planned work surprises nobody."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "change-unannounced",
    severity=ERROR,
    requirements=["9.2-s16.2"],
    reads=["change", "release", "communication"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A normal change was implemented, and nobody concerned had been told of its day before."""
    for change in repo.all("change", category="normal"):
        implemented = change.date("implemented_on")
        if implemented and not _told(repo, change):
            yield change.flaw(
                "implemented_on",
                f"{change.id} was implemented on {implemented}; no communication before that day is about it",
                "Record the mailing of the schedule that named it: sms new communication, with the change in `about`.",
            )


def _told(repo: Repo, change: Artefact) -> bool:
    """Whether a communication before that day is about the change, or about a release that carries it."""
    implemented = change.date("implemented_on")
    releases = [release.id for release in repo.linked(change, "release", by="changes")]
    return any(
        sent < implemented
        for id_ in (change.id, *releases)
        for source in repo.incoming.get(id_, ())
        if implemented and source.type.name == "communication" and (sent := source.date("sent_on"))
    )
