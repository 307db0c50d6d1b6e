"""Who acts in an SMS: people with their keys, roles, assignments, and collectors that are no people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from smsrepo.model.day import day_in


@dataclass(frozen=True, slots=True)
class Key:
    """A public key as OpenSSH writes it (kind, space, base64), from a day to a day (None: still), both included.

    From `compromised_on` on it may have been in other hands.
    """

    line: str
    start: date
    end: date | None
    compromised_on: date | None


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
    keys: tuple[Key, ...] = ()

    def active(self, on: date) -> bool:
        """Whether the person was there on a day."""
        return self.active_from <= on and (self.active_to is None or on <= self.active_to)


@dataclass(frozen=True, slots=True)
class Collector:
    """The identity with which a forge's workflow signs the approvals it collected. It can hold no role."""

    id: str
    forge: str
    keys: tuple[Key, ...]


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


def person(entry: Mapping[str, Any]) -> Person:
    """A person from an entry of sms/people.yml that fits its schema."""
    return Person(
        entry["id"], entry["name"], entry["email"], entry["management"],
        date.fromisoformat(entry["active_from"]), day_in(entry.get("active_to")), entry.get("accounts", {}),
        _keys(entry),
    )  # fmt: skip


def collector(entry: Mapping[str, Any]) -> Collector:
    """A collector from an entry of sms/people.yml that fits its schema."""
    return Collector(entry["id"], entry["forge"], _keys(entry))


def _keys(entry: Mapping[str, Any]) -> tuple[Key, ...]:
    return tuple(
        Key(k["key"], date.fromisoformat(k["from"]), day_in(k.get("to")), day_in(k.get("compromised_on")))
        for k in entry.get("keys", ())
    )
