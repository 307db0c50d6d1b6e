"""When the result of an action could be reported: audit reports and management reviews."""

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


def first_after(repo: Repo, day: date, until: date) -> Occasion | None:
    """The first audit report or management review after a day, and not later than `until`."""
    records = [*repo.all("audit-report"), *repo.all("management-review")]
    dated = [
        Occasion(found, record) for record in records if (found := day_of(record)) and day < found <= until
    ]
    return min(dated, key=lambda occasion: (occasion.day, occasion.record.id), default=None)
