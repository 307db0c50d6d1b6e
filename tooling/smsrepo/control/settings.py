"""The settings of an SMS, typed: who it is for, who holds which role, which intervals are planned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from smsrepo.control import matrix, people
from smsrepo.control.matrix import ApprovalRow, Needed, ReducedRow, Retention
from smsrepo.control.people import Assignment, Collector, Key, Person, Role
from smsrepo.model.artefact import Setting
from smsrepo.model.day import day_in
from smsrepo.model.duration import Duration

__all__ = [
    "ApprovalRow",
    "Assignment",
    "Collector",
    "Key",
    "Needed",
    "Person",
    "ReducedRow",
    "Retention",
    "Role",
    "Settings",
    "WithSettings",
]

_GENESIS = "sms/genesis.yml"
ORGANISATION = "sms/sms.yml"
CONTROL = "sms/control.yml"
PEOPLE = "sms/people.yml"
ROLES = "sms/roles.yml"
ASSIGNMENTS = "sms/assignments.yml"
WAIVERS = "sms/waivers.yml"
DEVIATIONS = "sms/deviations.yml"


class WithSettings(Protocol):
    """Whatever holds settings files by path: a snapshot, or the policy of one commit."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """Settings files by path."""


@dataclass(frozen=True, eq=False)
class Settings:
    """Views of the settings files. A file that does not fit its schema gives empty views."""

    repo: WithSettings

    @cached_property
    def organisation(self) -> str:
        """The organisation's name."""
        return str(self._data(ORGANISATION).get("organisation", {}).get("name", "The organisation"))

    @cached_property
    def short_name(self) -> str:
        """The organisation's name where there is little room; empty while sms/sms.yml does not fit."""
        organisation = self._data(ORGANISATION).get("organisation", {})
        return str(organisation.get("short_name") or organisation.get("name", ""))

    @cached_property
    def site_url(self) -> str:
        """Where staff read the site; empty where nobody says."""
        return str(self._data(ORGANISATION).get("site", {}).get("url", ""))

    @cached_property
    def repository(self) -> str:
        """The UUID of the repository; empty while sms/sms.yml does not fit."""
        return str(self._data(ORGANISATION).get("repository", ""))

    @cached_property
    def exempt_paths(self) -> tuple[str, ...]:
        """Tooling that does not decide how documents are judged: a folder ends with "/", the rest are files."""
        return tuple(path for entry in self._data(ORGANISATION).get("exempt", ()) for path in entry["paths"])

    @cached_property
    def scope(self) -> Mapping[str, Any]:
        """The scope of the SMS as sms/sms.yml states it."""
        scope: Mapping[str, Any] = self._data(ORGANISATION).get("scope", {})
        return scope

    @cached_property
    def operating_since(self) -> date | None:
        """From when planned intervals count."""
        return day_in(self._data(ORGANISATION).get("operating_since"))

    @cached_property
    def standing_still_at(self) -> date | None:
        """The day at which a demonstration stands still; None for a living SMS."""
        return day_in(self._data(ORGANISATION).get("as_of"))

    def day(self, asked: date | None, today: date) -> date:
        """The day to judge by: as asked, where a demonstration stands still, or today."""
        return asked or self.standing_still_at or today

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Persons by id."""
        return {entry["id"]: people.person(entry) for entry in self._data(PEOPLE).get("people", ())}

    @cached_property
    def collectors(self) -> Mapping[str, Collector]:
        """Collectors by id."""
        return {entry["id"]: people.collector(entry) for entry in self._data(PEOPLE).get("collectors", ())}

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
            Assignment(a["role"], a["person"], date.fromisoformat(a["from"]), day_in(a.get("to")))
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

    @cached_property
    def approval_rows(self) -> tuple[ApprovalRow, ...]:
        """The approval matrix in file order."""
        return tuple(matrix.approval_row(entry) for entry in self._data(CONTROL).get("approvals", ()))

    def approval_row(self, type_name: str, classification: str) -> ApprovalRow | None:
        """The row for documents of a type and classification ("" for none); None: nobody can approve them."""
        rows = [row for row in self.approval_rows if type_name in row.types]
        own = (row for row in rows if classification in row.classifications)
        return next(own, None) or next((row for row in rows if not row.classifications), None)

    @cached_property
    def policy_row(self) -> Needed | None:
        """Who approves a change of what decides how documents are judged; None: nobody can."""
        found = self._data(CONTROL).get("policy")
        return matrix.needed(found) if found else None

    @property
    def control_begun(self) -> bool:
        """Whether document control has begun: from then on what is issued is judged by its approvals."""
        return bool(self._data(_GENESIS))

    @cached_property
    def retention_classes(self) -> tuple[Retention, ...]:
        """The retention schedule in file order."""
        return tuple(matrix.retention(entry) for entry in self._data(CONTROL).get("retention", ()))

    def retention(self, type_name: str) -> Retention | None:
        """The class of the retention schedule for a type of record; None: it has none."""
        return next((kept for kept in self.retention_classes if type_name in kept.types), None)

    @cached_property
    def deviations(self) -> Mapping[tuple[str, str, str], str]:
        """The nonconformity that settles what a rule found at a path in a commit, by (commit, rule, path)."""
        entries = self._data(DEVIATIONS).get("deviations", ())
        return {(one["commit"], one["rule"], one["path"]): one["nonconformity"] for one in entries}

    def waivers(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Waivers with their number in the file."""
        yield from enumerate(self._data(WAIVERS).get("waivers", ()))

    def _data(self, path: str) -> Mapping[str, Any]:
        found = self.repo.settings.get(path)
        return found.data if found and found.fits else {}
