"""Top management hears of a major incident while it can still help."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "top-management-told-late",
    severity=WARNING,
    requirements=["8.1-s12"],
    reads=["incident", "major-incident-review", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Top management was told of a major incident only when it was over."""
    for incident in repo.all("incident", major=True):
        resolved = incident.data.get("resolved_at")
        for record, pointer, told in _told(repo, incident):
            if told and resolved and _after(told, resolved) and not settled_by(repo, record):
                yield record.flaw(
                    pointer,
                    f"top management was told at {told}; the service was normal again at {resolved}",
                    "Make the call part of declaring a major incident, and record the lapse: sms new nonconformity,"
                    f" with {record.id} as `source`.",
                )


def _told(repo: Repo, incident: Artefact) -> Iterator[tuple[Artefact, str, Any]]:
    handling = incident.data.get("major_handling", {})
    yield incident, "/major_handling/top_management_informed_at", handling.get("top_management_informed_at")
    for review in repo.linked(incident, "major-incident-review", by="incident"):
        yield review, "/top_management_told/at", review.data.get("top_management_told", {}).get("at")


def _after(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (TypeError, ValueError):  # no time, or one with and one without time zone
        return False
