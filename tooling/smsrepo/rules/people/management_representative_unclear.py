"""On every day one member of management, and only one, represents top management."""

from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.control.people import Assignment
from smsrepo.control.settings import ASSIGNMENTS
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ROLE = "management-representative"
_HINT = "Let one assignment end the day before the next begins; correct a wrong date."


@rule(
    "management-representative-unclear",
    severity=ERROR,
    requirements=["4.1.4-s1"],
    reads=["assignments", "people", "roles", "organisation"],
)
def check(_repo: Repo, on: Context) -> Iterator[Flaw]:
    """There is no management representative, or more than one, or one who is not in management."""
    begin = on.settings.operating_since
    if begin is None or _ROLE not in on.settings.roles:
        return
    numbered = enumerate(on.settings.assignments)
    held = sorted((a.start, number, a) for number, a in numbered if a.role == _ROLE and a.start <= on.as_of)
    until = begin - timedelta(days=1)
    for start, number, assignment in held:
        if start > until + timedelta(days=1):
            yield _flaw(number, "from", f"nobody represents management from {until + timedelta(days=1)} on")
        elif until >= begin and start <= until:
            yield _flaw(number, "from", f"two people represent management from {start} on")
        until = max(until, assignment.end or date.max - timedelta(days=1))
    if until < on.as_of:
        yield Flaw(
            ASSIGNMENTS, f"nobody represents management after {until}", _HINT, "/assignments", at_key=True
        )
    yield from _outside_management(on, [(number, assignment) for _, number, assignment in held])


def _outside_management(on: Context, held: list[tuple[int, Assignment]]) -> Iterator[Flaw]:
    for number, assignment in held:
        person = on.settings.people.get(assignment.person)
        if person and not person.management and assignment.holds(on.as_of):
            yield Flaw(
                ASSIGNMENTS,
                f"{person.name} represents management and is not a member of it",
                "Appoint a member of management, or correct `management` in sms/people.yml.",
                f"/assignments/{number}/person",
            )


def _flaw(number: int, field: str, message: str) -> Flaw:
    return Flaw(ASSIGNMENTS, message, _HINT, f"/assignments/{number}/{field}")
