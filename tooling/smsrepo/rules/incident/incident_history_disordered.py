"""A history is read from top to bottom."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_KINDS = {
    "incident": ("reported_at", "the incident was reported", "at"),
    "service-request": ("requested_at", "the request was made", "at"),
    "problem": ("opened_on", "the problem was opened", "on"),
}


@rule(
    "incident-history-disordered",
    severity=ERROR,
    requirements=["4.3.3-s3.1"],
    reads=["incident", "service-request", "problem"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An entry in the history of an incident, request or problem lies before the one above, or before its start."""
    for type_name, (start, begun, key) in _KINDS.items():
        for record in repo.all(type_name):
            for name in ("updates", "escalations"):
                yield from _disordered(record, name, key, str(record.data.get(start, "")), begun)


def _disordered(record: Artefact, name: str, key: str, start: str, begun: str) -> Iterator[Flaw]:
    entries = record.data.get(name, ())
    times = [entry.get(key, "") for entry in entries] if isinstance(entries, list) else []
    for number, (above, at) in enumerate(pairwise([start, *times])):
        if _earlier(at, above):
            what = begun if number == 0 else "the entry above it was made"
            yield record.flaw(
                f"/{name}/{number}/{key}",
                f"this is dated {at}; {what} at {above}",
                "Correct the time, or put the entries in order, oldest first.",
            )


def _earlier(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except (TypeError, ValueError):  # no time, or one with and one without time zone
        return False
