"""Whoever will be late says so before, and asks for help."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from smsrepo.control.lifecycle import applies_on
from smsrepo.model.artefact import Artefact
from smsrepo.model.day import before, moment_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.hours import hours_of, longer
from smsrepo.rules.incident.matrix import matrix, work_of
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies, targets
from smsrepo.rules.settled import settled_by

_MINUTES = {"minutes": 1, "hours": 60}


@rule(
    "target-missed-silently",
    severity=ERROR,
    requirements=["8.1-s9.1", "8.1-s9.2"],
    reads=["incident", "service-request", "sla", "service", "priority-matrix", "nonconformity"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An incident or request missed its agreed time, and nobody escalated it or warned the customer."""
    found = matrix(repo)
    judged = {number for number, work in work_of(found).items() if work.get("restore_target")}
    agreements = _by_service(repo)
    for incident in repo.all("incident") if found else ():
        start = incident.moment("reported_at")
        if start is None or incident.data.get("priority") not in judged or settled_by(repo, incident):
            continue
        if found and applies_on(found, start.date()) and _missed(repo, incident, start, agreements, on):
            yield from _silent(incident, start, incident.date("resolved_at") or on.as_of)
    for request in repo.all("service-request"):
        asked, due = request.moment("requested_at"), request.date("due")
        done = request.date("fulfilled_at") or (
            on.as_of if request.status in ("recorded", "in-progress") else None
        )
        if asked and due and done and done > due and not settled_by(repo, request):
            yield from _silent(request, asked, due, first_day_counts=asked.date() == due)


def _missed(
    repo: Repo, incident: Artefact, start: datetime, agreements: Mapping[str, list[Artefact]], on: Context
) -> bool:
    end = incident.moment("resolved_at") or datetime.combine(on.as_of, time(), start.tzinfo)
    waited = incident.data.get("waiting_minutes", 0)
    limits = _limits(incident, start.date(), agreements)
    return bool(limits) and longer(hours_of(repo, incident), start, end, max(limits) + waited)


def _limits(incident: Artefact, reported: date, agreements: Mapping[str, list[Artefact]]) -> list[float]:
    """The agreed minutes: those for its priority, or else those that name none.

    Of several the loosest is the one that cannot have been kept when it was missed.
    """
    found = [
        target
        for sla in agreements.get(incident.data.get("service", ""), ())
        if incident.data.get("customer") in sla.ids("customers")
        and applies(sla, reported)
        and applies_on(sla, reported)
        for _, target in targets(sla)
        if target.get("measure") == "restore-time"
        and target.get("service") == incident.data.get("service")
        and target.get("unit") in _MINUTES
        and isinstance(target.get("threshold"), int | float)
    ]
    own = [target for target in found if target.get("priority") == incident.data.get("priority")]
    chosen = own or [target for target in found if "priority" not in target]
    return [target["threshold"] * _MINUTES[target["unit"]] for target in chosen]


def _silent(record: Artefact, since: datetime, until: date, first_day_counts: bool = True) -> Iterator[Flaw]:
    if not isinstance(record.data.get("escalations"), list):
        yield record.flaw(
            "escalations",
            f"{record.id} missed the agreed time and was not escalated",
            "Escalate as the procedure says, and enter when, to whom and why. If it is over, record the lapse:"
            f" sms new nonconformity, with {record.id} in `links`.",
        )
    told = [
        at.date()
        for update in record.data.get("updates", ())
        if update.get("told_customer") and (at := moment_in(update.get("at"))) and before(since, at)
    ]
    if not any(day <= until and (first_day_counts or day > since.date()) for day in told):
        yield record.flaw(
            "updates",
            f"{record.id} missed the agreed time, and no entry says that the customer was warned",
            "Warn the customer with a new time, and enter it. If it is over, record the lapse: sms new nonconformity,"
            f" with {record.id} in `links`.",
        )


def _by_service(repo: Repo) -> Mapping[str, list[Artefact]]:
    index: dict[str, list[Artefact]] = defaultdict(list)
    for sla in repo.issued("sla"):
        for id_ in sla.ids("services"):
            index[id_].append(sla)
    return index
