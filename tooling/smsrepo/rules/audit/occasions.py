"""When the result of an action could be reported: audit reports and management reviews."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


class Occasion(NamedTuple):
    """A record that receives results, and its day."""

    day: date
    record: Artefact


def day_of(record: Artefact) -> date | None:
    """The day an audit was reported or a management review was held."""
    return record.date("reported_on" if record.type.name == "audit-report" else "held_on")


def occasions(repo: Repo, until: date) -> list[Occasion]:
    """All audit reports and management reviews up to a day, oldest first."""
    records = [*repo.all("audit-report"), *repo.all("management-review")]
    dated = [Occasion(found, record) for record in records if (found := day_of(record)) and found <= until]
    return sorted(dated, key=lambda occasion: (occasion.day, occasion.record.id))


def first_after(dated: list[Occasion], day: date) -> Occasion | None:
    """The first of the occasions after a day."""
    at = bisect_right(dated, day, key=lambda occasion: occasion.day)
    return dated[at] if at < len(dated) else None
