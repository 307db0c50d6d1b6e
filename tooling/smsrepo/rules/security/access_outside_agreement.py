"""Access of others begins after the controls are agreed and in place, and ends when it was to end."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "access-outside-agreement",
    severity=ERROR,
    requirements=["6.6.2-s7.2", "6.6.2-s7.3"],
    reads=["external-access", "access-grant"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An external organisation had access before its controls were agreed and checked, or after its access ended."""
    for grant in repo.all("access-grant", kind="grant"):
        last = grant.date("granted_to")
        if not grant.closed and last and last < on.as_of:
            yield grant.flaw(
                "granted_to",
                f"access was granted until {last} and still counts as open",
                "Take the right back and close the record with `ended_on`; or record a new grant.",
            )
        for id_ in grant.ids("external_access"):
            entry = repo.find(id_)
            if entry and entry.type.name == "external-access":
                yield from _outside(grant, entry)
    for entry in repo.issued("external-access"):
        end = entry.date("ends_on")
        if entry.active and end and end < on.as_of:
            yield entry.flaw(
                "ends_on",
                f"access was to end on {end} and still counts as open",
                "Close it and set the stage to `ended`; or agree a later end, in a new revision.",
            )


def _outside(grant: Artefact, entry: Artefact) -> Iterator[Flaw]:
    begin = _first_day(entry)
    start = grant.date("granted_from")
    if start and (begin is None or start < begin):
        since = f"only from {begin} on" if begin else "not at all yet"
        yield grant.flaw(
            "granted_from",
            f"access began on {start}; {entry.id} has controls agreed and checked {since}",
            "Close the access, find out who used it, and open it after the controls are agreed and seen in place.",
        )
    end, last = entry.date("ended_on") or entry.date("ends_on"), grant.date("granted_to")
    if end and last and last > end:
        yield grant.flaw(
            "granted_to",
            f"access is granted until {last}; {entry.id} ends on {end}",
            "Grant it no longer than the entry lasts.",
        )


def _first_day(entry: Artefact) -> date | None:
    """The first day on which access is covered: controls agreed and seen in place."""
    days = [entry.date("agreed_on"), entry.date("controls_checked_on")]
    return max((day for day in days if day), default=None) if all(days) else None
