"""News comes in the rhythm that was promised."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.incident.hours import hours_of, longer
from smsrepo.rules.incident.matrix import matrix, work_of
from smsrepo.rules.rule import WARNING, Context, rule

_WORKDAYS = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "00:00", "to": "24:00"}


@rule(
    "customer-left-waiting",
    severity=WARNING,
    requirements=["8.1-s8"],
    reads=["incident", "priority-matrix", "service"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """While an incident was open, the customer heard less often than its priority promises."""
    work = work_of(matrix(repo))
    for incident in repo.all("incident"):
        rhythm = work.get(incident.data.get("priority", 0), {})
        start = incident.moment("reported_at")
        if start is None or "news_every" not in rhythm:
            continue
        end = incident.moment("resolved_at") or datetime.combine(on.as_of, time(), start.tzinfo)
        if (start.tzinfo is None) != (end.tzinfo is None):
            continue
        for before, after in pairwise(_told(incident, start, end)):
            if _too_long(rhythm, hours_of(repo, incident), before, after):
                yield incident.flaw(
                    "updates",
                    f"the customer heard nothing of {incident.id} between {before} and {after}",
                    "Tell the customer how things stand and enter it, also when there is nothing new.",
                )
                break


def _told(incident: Artefact, start: datetime, end: datetime) -> list[datetime]:
    told = [start, end]
    for update in incident.data.get("updates", ()):
        try:
            at = datetime.fromisoformat(update.get("at", ""))
            if update.get("told_customer") and start < at < end:
                told.append(at)
        except (TypeError, ValueError):  # no time, or one with and one without time zone
            continue
    return sorted(told)


def _too_long(rhythm: Mapping[str, Any], hours: Mapping[str, Any], before: datetime, after: datetime) -> bool:
    """By the clock only what is worked on at all agreed hours; the rest by whole working days without news."""
    every = rhythm["news_every"]
    if "minutes" in every and rhythm.get("work") == "service-hours":
        return longer(hours, before, after, every["minutes"])
    days = every.get("working_days", 1)
    midnight = datetime.combine(before.date(), time(), before.tzinfo) + timedelta(days=1)
    return longer(_WORKDAYS, midnight, after, days * 24 * 60)
