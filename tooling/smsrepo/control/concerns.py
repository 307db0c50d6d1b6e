"""What is to be done about documents: everything that is not simply in force and in order."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.register import Register, Standing, State, state_of
from smsrepo.control.wording import lacking


class Cause(StrEnum):
    """Why somebody has to look, the most urgent first."""

    SUSPECT = "Approval in doubt"
    ASTRAY = "Main holds something else than what is in force"
    WAITING = "Waits for approval"
    POLICY = "Policy changes that wait for approval"
    REVOKED = "Approval taken back"
    OVERDUE = "Review overdue"
    DRAFT = "Drafted"
    DATED = "Applies later"


class Concern(NamedTuple):
    """What is to be done about a document or policy file. `name` is id and revision, or a path; `said` what
    is missing.
    """

    cause: Cause
    name: str
    title: str
    said: str


def concerns(register: Register, on: date) -> Iterator[Concern]:
    """Every concern about every document on a day, then of policy files, by name."""
    for standing in register.documents(on):
        yield from concerns_of(register, standing, on)
    policies = register.replay.policies
    for path, change in sorted(policies.waiting.items()):
        if change.entered.date() <= on:
            said = lacking(policies.missing(change), register.settings, on)
            yield Concern(Cause.POLICY, path, "", f"changed on {change.entered.date()}; {said}")


def concerns_of(register: Register, standing: Standing, on: date) -> Iterator[Concern]:
    """Every concern about one document on a day, the most urgent first."""
    found = sorted(_causes(register, standing, on), key=lambda one: list(Cause).index(one[0]))
    for cause, revision, said in found:
        fields = revision.version.fields
        yield Concern(cause, f"{standing.id} {revision.version.revision}", str(fields.get("title", "")), said)


def _causes(register: Register, standing: Standing, on: date) -> Iterator[tuple[Cause, Revision, str]]:
    lineage, in_force, latest = register.lineages[standing.id], standing.in_force, standing.latest
    if in_force and standing.suspect:
        yield Cause.SUSPECT, in_force, standing.suspect
    if in_force and standing.next_review and standing.next_review < on:
        yield Cause.OVERDUE, in_force, f"since {standing.next_review}"
    if in_force and latest is None and lineage.gone and in_force.version.status != "obsolete":
        yield (
            Cause.ASTRAY,
            in_force,
            f"its file was deleted on {lineage.gone.date()}; {in_force.version.revision} stays in force",
        )
    if latest and latest is not in_force:
        yield from _newest(register, lineage, latest, in_force, on)


def _newest(
    register: Register, lineage: Lineage, latest: Revision, in_force: Revision | None, on: date
) -> Iterator[tuple[Cause, Revision, str]]:
    meanwhile = f"{in_force.version.revision} stays in force" if in_force else "nothing is in force"
    state = state_of(lineage, latest, on)
    if state is State.DRAFT:
        yield Cause.DRAFT, latest, f"on {latest.entered.date()}; {meanwhile}"
    elif state is State.IN_REVIEW:
        yield Cause.WAITING, latest, f"{missing_of(register, lineage, latest, on)}; {meanwhile}"
    elif state is State.REVOKED:
        yield Cause.REVOKED, latest, f"on {latest.ended.date() if latest.ended else on}; {meanwhile}"
    elif state is State.APPROVED:
        yield Cause.DATED, latest, f"from {latest.start}; {meanwhile}"
    elif state is State.SUPERSEDED:
        yield Cause.ASTRAY, latest, f"these are the bytes of an earlier revision; {meanwhile}"


def missing_of(register: Register, lineage: Lineage, revision: Revision, on: date) -> str:
    """What a released revision that was not approved on a day lacks, in words."""
    if revision.approved:
        return f"it was approved later, on {revision.approved.date()}"
    return lacking(register.replay.missing(lineage, revision), register.settings, on)
