"""An incident of the first priority that nobody can explain will come back."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.settled import settled_by

_TIME = Duration("P7D")
"""Five working days."""


@rule(
    "unexplained-incident-without-problem",
    severity=WARNING,
    requirements=["8.2-s3", "8.2-s4"],
    reads=["incident", "problem", "nonconformity"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An incident of priority 1 was closed without a known cause, and no problem took it up within a week."""
    for incident in repo.all("incident", status="closed", priority=1):
        closed = incident.date("closed_at")
        if closed is None or "known_error" in incident.data or _explained(incident):
            continue
        due = _TIME.after(closed)
        opened = _opened(repo, incident)
        if due >= on.as_of or (opened and opened <= due) or settled_by(repo, incident):
            continue
        since = f"the problem was opened on {opened}" if opened else "no problem names it"
        yield incident.flaw(
            "cause" if "cause" in incident.data else "closed_at",
            f"{incident.id} was closed on {closed} without a known cause, and {since}; due was {due}",
            f"Open a problem that names it: sms new problem. For one opened late, record the delay:"
            f" sms new nonconformity, with {incident.id} in `links`.",
        )


def _explained(incident: Artefact) -> bool:
    """Whether a cause is given, and does not itself begin by saying that nobody knows it."""
    words = str(incident.data.get("cause", "")).lower().split()[:2]
    return bool(words) and words != ["not", "known"] and words[0].strip(".,:;") not in ("none", "unknown")


def _opened(repo: Repo, incident: Artefact) -> date | None:
    """When the first problem about it was opened."""
    problems = repo.linked(incident, "problem", by="incidents")
    problems += [one for id_ in incident.ids("problem") if (one := repo.find(id_))]
    return min((day for one in problems if (day := one.date("opened_on"))), default=None)
