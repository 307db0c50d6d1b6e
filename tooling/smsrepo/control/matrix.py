"""The rows of sms/control.yml: who must approve what, and how long records are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smsrepo.model.duration import Duration


@dataclass(frozen=True, slots=True)
class Needed:
    """What must come together: a holder of each role, so many different people, each with this assurance.

    `assurance` is "signed" or "platform"; a signed approval is good enough for both.
    """

    approvers: tuple[str, ...]
    persons: int
    assurance: str


@dataclass(frozen=True, slots=True)
class ReducedRow(Needed):
    """What a minor revision needs, as long as at most `changed_share` percent of the words differ."""

    changed_share: int

    @property
    def needed(self) -> Needed:
        """The same without the share, to be compared with what a full row asks for."""
        return Needed(self.approvers, self.persons, self.assurance)


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A row of the approval matrix. Without `classifications` it holds for all that have no row of their own."""

    types: tuple[str, ...]
    classifications: tuple[str, ...]
    needed: Needed
    minor: ReducedRow | None
    acknowledge: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """A class of the retention schedule; the period counts from when a record is "recorded" or "closed"."""

    class_: str
    types: tuple[str, ...]
    period: Duration
    trigger: str
    disposal_approvers: tuple[str, ...]


def needed(entry: Mapping[str, Any]) -> Needed:
    """What an entry with approvers, persons and assurance asks for."""
    return Needed(tuple(entry["approvers"]), entry["persons"], entry["assurance"])


def approval_row(entry: Mapping[str, Any]) -> ApprovalRow:
    """A row from an entry under `approvals` that fits its schema."""
    minor, full = entry.get("minor"), needed(entry)
    reduced = minor and ReducedRow(
        tuple(minor["approvers"]),
        minor["persons"],
        minor.get("assurance", full.assurance),
        minor["changed_share"],
    )
    classifications = tuple(entry.get("classifications", ()))
    return ApprovalRow(tuple(entry["types"]), classifications, full, reduced, entry.get("acknowledge", False))


def retention(entry: Mapping[str, Any]) -> Retention:
    """A class from an entry under `retention` that fits its schema."""
    types, approvers = tuple(entry["types"]), tuple(entry["disposal_approvers"])
    return Retention(entry["class"], types, Duration(entry["period"]), entry["trigger"], approvers)
