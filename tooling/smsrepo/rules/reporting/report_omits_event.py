"""What shook the service is in the report."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.reporting.reports import Month, agreement_of, concerns, listed, months, regular, where
from smsrepo.rules.rule import ERROR, Context, rule


class _Event(NamedTuple):
    """A significant event: `names` are the records that stand for it in a report."""

    day: date
    what: str
    record: Artefact
    names: frozenset[str]
    services: tuple[str, ...]
    customers: tuple[str, ...]


@rule(
    "report-omits-event",
    severity=ERROR,
    requirements=["6.2-b"],
    reads=["service-report", "sla", "incident", "release", "change", "continuity-invocation"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A report is silent on a major incident, a large deployment or an invocation of the continuity plan."""
    index: dict[Month, list[_Event]] = defaultdict(list)
    for event in (*_incidents(repo), *_deployments(repo), *_invocations(repo)):
        index[event.day.year, event.day.month].append(event)
    for report, first, last in regular(repo):
        agreement = agreement_of(repo, report)
        told = {entry.get("record") for entry in listed(report, "events")}
        for event in (event for month in months(first, last) for event in index.get(month, ())):
            if concerns(agreement, event.services, event.customers) and not told & event.names:
                yield report.flaw(
                    where(report, "events"),
                    f"the {event.what} {event.record.id} of {event.day} is not among the events",
                    "Add it, with what the reader should know of it.",
                )


def _incidents(repo: Repo) -> Iterator[_Event]:
    for incident in repo.all("incident", major=True):
        if day := incident.date("reported_at"):
            reviews = {review.id for review in repo.linked(incident, "major-incident-review", by="incident")}
            names = frozenset({incident.id, *reviews})
            yield _Event(
                day, "major incident", incident, names, incident.ids("service"), incident.ids("customer")
            )


def _deployments(repo: Repo) -> Iterator[_Event]:
    for release in repo.all("release"):
        day = release.date("deployed_on")
        if day is None or release.data.get("kind") not in ("major", "emergency"):
            continue
        changes = [change for id_ in release.ids("changes") if (change := repo.find(id_))]
        services = tuple(dict.fromkeys(id_ for change in changes for id_ in change.ids("services")))
        deployments = {deployment.id for deployment in repo.linked(release, "deployment", by="release")}
        names = frozenset({release.id, *release.ids("changes"), *deployments})
        yield _Event(day, f"{release.data['kind']} release", release, names, services, ())


def _invocations(repo: Repo) -> Iterator[_Event]:
    for invocation in repo.all("continuity-invocation"):
        if day := invocation.date("invoked_at"):
            names = frozenset({invocation.id})
            untouched = isinstance(invocation.data.get("services"), dict)
            services = (
                ("none",) if untouched else invocation.ids("services")
            )  # none: only the whole system hears
            yield _Event(day, "continuity invocation", invocation, names, services, ())
