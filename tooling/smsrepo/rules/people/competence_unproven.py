"""Whoever holds a role was compared with what it asks for, and gaps are being closed."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.settings import ASSIGNMENTS, ROLES
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_LINES = ("education", "training", "skills", "experience")


@rule(
    "competence-unproven",
    severity=ERROR,
    requirements=["4.4.2-s1", "4.4.2-s2", "4.4.2-b"],
    reads=["roles", "assignments", "people", "control", "competence-record"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A holder of a role has not been compared with its competence for too long, or a gap has no training."""
    limit = on.settings.interval("competence_check")
    asked = {role["id"] for role in repo.setting(ROLES).get("roles", ()) if "competence" in role}
    latest = _latest(repo)
    for number, assignment in enumerate(on.settings.assignments):
        if limit is None or assignment.role not in asked or not assignment.holds(on.as_of):
            continue
        day, _ = latest.get((assignment.person, assignment.role), (None, None))
        due = limit.after(max(day or assignment.start, assignment.start))
        if due < on.as_of:
            last = f"was last compared on {day}" if day else "has never been compared"
            yield Flaw(
                ASSIGNMENTS,
                f"{assignment.person} {last} with the competence of `{assignment.role}`; due by {due}",
                "Compare line by line and record it: sms new competence-record.",
                f"/assignments/{number}/person",
            )
    for record in {id(record): record for _, record in latest.values()}.values():
        yield from _gaps(record)


def _latest(repo: Repo) -> dict[tuple[str, str], tuple[date, Artefact]]:
    """The day and the record of the latest comparison, by person and role."""
    latest: dict[tuple[str, str], tuple[date, Artefact]] = {}
    for record in repo.all("competence-record", kind="competence-check"):
        day = record.date("held_on")
        for entry in record.data.get("roles", ()):
            key = (str(record.data.get("person")), str(entry.get("role")))
            if day and (key not in latest or latest[key][0] <= day):
                latest[key] = (day, record)
    return latest


def _gaps(record: Artefact) -> Iterator[Flaw]:
    if record.data.get("gaps_closed_by"):
        return
    for number, entry in enumerate(record.data.get("roles", ())):
        found = [line for line in _LINES if entry.get(line) == "gap"]
        if found:
            yield record.flaw(
                f"/roles/{number}/{found[0]}",
                f"a gap in {' and '.join(found)} for `{entry.get('role')}`, and nothing that closes it",
                "Name the training or action under `gaps_closed_by`.",
                ("4.4.2-b",),
            )
