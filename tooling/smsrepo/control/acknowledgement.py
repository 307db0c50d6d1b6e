"""Who must confirm having read a document, who has, and who still owes it (clause 4.3.2 b)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.people import Person
from smsrepo.control.register import Register
from smsrepo.control.settings import PEOPLE, Settings

EVERYBODY = "all-staff"
MANAGEMENT = "management"


class Owed(NamedTuple):
    """A person who has not confirmed yet, and the last day to do so in time (None: no interval is planned)."""

    person: str
    due: date | None

    def late(self, on: date) -> bool:
        """Whether that day has passed."""
        return self.due is not None and self.due < on


class Acknowledgements(NamedTuple):
    """Where the revision in force stands: who has confirmed, on which day, and who has not, by name of the person."""

    revision: Revision
    given: dict[str, date]
    owed: tuple[Owed, ...]


def acknowledgements(register: Register, lineage: Lineage, on: date) -> Acknowledgements | None:
    """Of the revision in force on a day; None where the matrix asks nobody to acknowledge it.

    A confirmation counts for one revision only. The time runs from the day the revision applies, for who came
    later from their first day, and for what was taken over when control began from that day.
    """
    revision = lineage.in_force(on)
    if revision is None or revision.version.status != "issued":
        return None
    version = revision.version
    row = register.settings.approval_row(version.type.name, str(version.fields.get("classification", "")))
    if row is None or not row.acknowledge:
        return None
    acts = [act for act in revision.acts if act.action == "acknowledge" and act.entered.date() <= on]
    given = {act.person: act.entered.date() for act in reversed(acts)}
    must = audience(version.fields.get("audience"), register.settings, on)
    owed = (Owed(p.id, _last_day(revision, p, register.settings)) for p in must if p.id not in given)
    return Acknowledgements(revision, given, tuple(sorted(owed)))


def audience(names: object, settings: Settings, on: date) -> list[Person]:
    """The people of sms/people.yml whom the audience of a document names, by id.

    "all-staff" is every active internal person, "management" everyone marked as such. Any other name is that of a
    role where there is one ("service-desk"), and means its holders. Customers, suppliers, internal groups and
    auditors are told, but have no way to sign, and so owe nothing.
    """
    found = {
        p.id: p
        for name in (names if isinstance(names, list) else ())
        for p in _people(str(name), settings, on)
    }
    return [found[id_] for id_ in sorted(found)]


def _people(name: str, settings: Settings, on: date) -> Iterator[Person]:
    active = (person for person in settings.people.values() if person.active(on))
    if name == EVERYBODY:
        internal = _internal(settings)
        yield from (person for person in active if person.id in internal)
    elif name == MANAGEMENT:
        yield from (person for person in active if person.management)
    else:
        yield from settings.holders(name, on)


def _internal(settings: Settings) -> set[str]:
    entries = settings.repo.settings[PEOPLE].data["people"] if settings.people else ()
    return {entry["id"] for entry in entries if entry["organisation"] == "internal"}


def _last_day(revision: Revision, person: Person, settings: Settings) -> date | None:
    interval = settings.interval("document_acknowledgement")
    begin = max(revision.start or date.min, revision.entered.date(), person.active_from)
    return interval.after(begin) if interval else None
