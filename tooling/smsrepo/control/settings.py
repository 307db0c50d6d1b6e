"""The settings of an SMS, typed: who it is for, who holds which role, which intervals are planned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from smsrepo.model.duration import Duration
from smsrepo.model.repo import Repo

ORGANISATION = "sms/sms.yml"
CONTROL = "sms/control.yml"
PEOPLE = "sms/people.yml"
ROLES = "sms/roles.yml"
ASSIGNMENTS = "sms/assignments.yml"
WAIVERS = "sms/waivers.yml"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts in the SMS, between `active_from` and `active_to` (None: still)."""

    id: str
    name: str
    email: str
    management: bool
    active_from: date
    active_to: date | None
    accounts: Mapping[str, str]

    def active(self, on: date) -> bool:
        """Whether the person was there on a day."""
        return self.active_from <= on and (self.active_to is None or on <= self.active_to)


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its duties; people hold it by assignment."""

    id: str
    name: str
    purpose: str
    top_management: bool
    responsibilities: tuple[str, ...]
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person holds a role from a day to a day (None: still), both included."""

    role: str
    person: str
    start: date
    end: date | None

    def holds(self, on: date) -> bool:
        """Whether the assignment counts on a day."""
        return self.start <= on and (self.end is None or on <= self.end)

    def overlaps(self, start: date, end: date) -> bool:
        """Whether the assignment counts on any day of a period."""
        return self.start <= end and (self.end is None or start <= self.end)


@dataclass(frozen=True, eq=False)
class Settings:
    """Views of the settings files. A file that does not fit its schema gives empty views."""

    repo: Repo

    @cached_property
    def organisation(self) -> str:
        """The organisation's name."""
        return str(self._data(ORGANISATION).get("organisation", {}).get("name", "The organisation"))

    @cached_property
    def scope(self) -> Mapping[str, Any]:
        """The scope of the SMS as sms/sms.yml states it."""
        scope: Mapping[str, Any] = self._data(ORGANISATION).get("scope", {})
        return scope

    @cached_property
    def operating_since(self) -> date | None:
        """From when planned intervals count."""
        return _day(self._data(ORGANISATION).get("operating_since"))

    @cached_property
    def standing_still_at(self) -> date | None:
        """The day at which a demonstration stands still; None for a living SMS."""
        return _day(self._data(ORGANISATION).get("as_of"))

    def day(self, asked: date | None, today: date) -> date:
        """The day to judge by: as asked, where a demonstration stands still, or today."""
        return asked or self.standing_still_at or today

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Persons by id."""
        return {
            p["id"]: Person(
                p["id"], p["name"], p["email"], p["management"],
                date.fromisoformat(p["active_from"]), _day(p.get("active_to")), p.get("accounts", {}),
            )
            for p in self._data(PEOPLE).get("people", ())
        }  # fmt: skip

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Roles by id."""
        return {
            r["id"]: Role(
                r["id"], r["name"], r["purpose"], r["top_management"],
                tuple(r["responsibilities"]), tuple(r["authorities"]),
            )
            for r in self._data(ROLES).get("roles", ())
        }  # fmt: skip

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments in file order."""
        return tuple(
            Assignment(a["role"], a["person"], date.fromisoformat(a["from"]), _day(a.get("to")))
            for a in self._data(ASSIGNMENTS).get("assignments", ())
        )

    def holders(self, role: str, on: date) -> list[Person]:
        """The active people who hold a role on a day."""
        held = (a.person for a in self.assignments if a.role == role and a.holds(on))
        return [
            self.people[person] for person in held if person in self.people and self.people[person].active(on)
        ]

    def roles_of(self, person: str, start: date, end: date) -> frozenset[str]:
        """The roles a person holds on any day of a period."""
        return frozenset(a.role for a in self.assignments if a.person == person and a.overlaps(start, end))

    def is_top_management(self, person: str, on: date) -> bool:
        """Whether a person holds a role of top management on a day."""
        return any(self.roles[r].top_management for r in self.roles_of(person, on, on) if r in self.roles)

    def interval(self, name: str) -> Duration | None:
        """A planned interval by name; None where sms/control.yml does not name it."""
        found = self._data(CONTROL).get("intervals", {}).get(name)
        return Duration(found["every"]) if found else None

    def review_interval(self, type_name: str) -> Duration | None:
        """How often documents of a type are reviewed when they do not say it themselves."""
        found = self._data(CONTROL).get("reviews", {}).get(type_name)
        return Duration(found) if found else None

    def waivers(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Waivers with their number in the file."""
        yield from enumerate(self._data(WAIVERS).get("waivers", ()))

    def _data(self, path: str) -> Mapping[str, Any]:
        found = self.repo.settings.get(path)
        return found.data if found and found.fits else {}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
