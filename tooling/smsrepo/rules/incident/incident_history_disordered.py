"""A history is read from top to bottom."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("incident-history-disordered", severity=ERROR, requirements=["4.3.3-s3.1"], reads=["incident"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An entry of an incident's history lies before the entry above it, or before the report."""
    hint = "Correct the time, or put the entries in order, oldest first."
    for incident in repo.all("incident"):
        for name in ("updates", "escalations"):
            entries = incident.data.get(name, ())
            times = [entry.get("at", "") for entry in entries] if isinstance(entries, list) else []
            for number, (above, at) in enumerate(pairwise([incident.data.get("reported_at", ""), *times])):
                if _earlier(at, above):
                    what = "the incident was reported" if number == 0 else "the entry above it was made"
                    message = f"this is dated {at}; {what} at {above}"
                    yield incident.flaw(f"/{name}/{number}/at", message, hint)


def _earlier(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except (TypeError, ValueError):  # no time, or one with and one without time zone
        return False
