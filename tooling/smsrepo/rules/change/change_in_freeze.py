"""There are days on which nobody wants surprises."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.change.policy import policy_on
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies, judges


@rule(
    "change-in-freeze",
    severity=ERROR,
    requirements=["9.2-s16.1"],
    reads=["change", "policy-change", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A normal change is planned or was made in a freeze or in critical days of a customer without an exception."""
    agreements: dict[str, list[Artefact]] = defaultdict(list)
    for agreement in repo.issued("sla"):
        for service in agreement.ids("services"):
            agreements[service].append(agreement)
    for change in repo.all("change", category="normal"):
        field = "implemented_on" if change.date("implemented_on") else "scheduled_for"
        day = change.date(field)
        if day is None or change.status == "rejected" or "freeze_exception" in change.data:
            continue
        named = {one.id: one for service in change.ids("services") for one in agreements.get(service, ())}
        for what, period in _closed_to_changes(repo, named, day):
            if _within(f"{day:%m-%d}", period["from"], period["to"]):
                how = "was made" if field == "implemented_on" else "is planned"
                yield change.flaw(
                    field,
                    f"{change.id} {how} on {day}, within {what} `{period['name']}`"
                    f" ({period['from']} to {period['to']})",
                    "Plan another day, or enter in `freeze_exception` who allowed the exception and why.",
                )


def _closed_to_changes(
    repo: Repo, agreements: Mapping[str, Artefact], day: date
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The periods of every year without changes: those of the policy, and those that customers agreed."""
    for period in policy_on(repo, day).get("freeze_periods", ()):
        yield "the freeze", period
    for id_, agreement in agreements.items():
        if applies(agreement, day) and judges(agreement, day):
            for period in agreement.entries("critical_dates"):
                yield f"the critical days of {id_}", period


def _within(day: str, first: str, last: str) -> bool:
    """Whether a day of any year lies in a period, which may pass over the turn of the year."""
    return first <= day <= last if first <= last else day >= first or day <= last
