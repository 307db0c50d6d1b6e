"""Top management hears of a major incident while it can still help."""

from collections.abc import Iterator
from datetime import datetime

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("top-management-told-late", severity=WARNING, requirements=["8.1-s12"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Top management was told of a major incident only when it was over."""
    for incident in repo.all("incident", major=True):
        told = incident.data.get("major_handling", {}).get("top_management_informed_at")
        resolved = incident.data.get("resolved_at")
        if told and resolved and _after(told, resolved):
            yield incident.flaw(
                "/major_handling/top_management_informed_at",
                f"top management was told at {told}; the service was normal again at {resolved}",
                "Make the call part of declaring a major incident: sms new action.",
            )


def _after(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (TypeError, ValueError):  # no time, or one with and one without time zone
        return False
