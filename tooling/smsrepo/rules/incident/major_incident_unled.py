"""From the declaration to the end one person leads."""

from collections.abc import Iterator
from datetime import datetime

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import moment_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "major-incident-unled",
    severity=ERROR,
    requirements=["8.1-s13"],
    reads=["incident", "major-incident-review", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Nobody led a major incident for a time, or the lead ended before the service was back."""
    for review in repo.all("major-incident-review"):
        if settled_by(repo, review):
            continue
        incident = repo.find(str(review.data.get("incident", "")))
        yield from _gaps(review, _moment(incident.data.get("resolved_at")) if incident else None)


def _gaps(review: Artefact, resolved: datetime | None) -> Iterator[Flaw]:
    hint = (
        "Complete the list of those who led. If the lead was lost, record that: sms new nonconformity, with"
        f" {review.id} as `source`."
    )
    until: datetime | None = None
    last = -1
    for begin, end, number in _stretches(review):
        if until and begin > until:
            yield review.flaw(f"/led/{number}/from", f"nobody led from {until} to {begin}", hint)
        if until is None or end >= until:
            until, last = end, number
    if until and resolved and until < resolved:
        message = f"the lead ended at {until}; the service was normal again at {resolved}"
        yield review.flaw(f"/led/{last}/to", message, hint)


def _stretches(review: Artefact) -> list[tuple[datetime, datetime, int]]:
    """Who led, in order of time, each with its place in the list."""
    return sorted(
        (begin, end, number)
        for number, stretch in enumerate(review.data.get("led", ()))
        if (begin := _moment(stretch.get("from"))) and (end := _moment(stretch.get("to")))
    )


def _moment(value: object) -> datetime | None:
    moment = moment_in(value)
    return moment if moment and moment.tzinfo else None
