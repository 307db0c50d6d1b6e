"""What several rules ask of agreements: when they apply, which targets they hold, what reaches one."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in

_GIVEN_UP = frozenset({"cancelled", "declined", "rejected"})


def validity(agreement: Artefact) -> tuple[date | None, date | None]:
    """First and last day of an agreement; None where it names none."""
    period = agreement.data.get("validity", {})
    return day_in(period.get("from")), day_in(period.get("to"))


def applies(agreement: Artefact, on: date) -> bool:
    """Whether an agreement is issued and its validity covers a day, first and last day included."""
    begin, end = validity(agreement)
    return agreement.issued and (begin is None or begin <= on) and (end is None or on <= end)


def judges(agreement: Artefact, first: date | None) -> bool:
    """Whether this revision, not one before it, set the targets of a period that began on a day."""
    begin, _ = validity(agreement)
    since = agreement.date("effective_from")
    return first is not None and (since is None or since <= max(first, begin or first))


def targets(agreement: Artefact) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The targets of an agreement with their pointers."""
    for index, target in enumerate(agreement.data.get("targets", ())):
        yield f"/targets/{index}", target


def target_of(agreement: Artefact, id_: object) -> Mapping[str, Any] | None:
    """The target with an id; of several the first."""
    return next((target for _, target in targets(agreement) if target.get("id") == id_), None)


def reached(target: Mapping[str, Any], actual: object) -> bool | None:
    """Whether a result meets a target; None while a figure is missing."""
    threshold = target.get("threshold")
    if not isinstance(threshold, int | float) or not isinstance(actual, int | float):
        return None
    return actual <= threshold if target.get("comparison") == "at-most" else actual >= threshold


def wanted(target: Mapping[str, Any]) -> str:
    """For people: "at least 99.5 percent"."""
    comparison = "at most" if target.get("comparison") == "at-most" else "at least"
    return f"{comparison} {target.get('threshold')} {target.get('unit', '')}".rstrip()


def can_answer(answer: Artefact, since: date | None) -> bool:
    """Whether an action, change, nonconformity or improvement can still be the answer to what began on a day."""
    if answer.status in _GIVEN_UP:
        return False
    done = answer.date("completed_on") or answer.date("implemented_on")
    return done is None or since is None or done >= since
