"""One thing that falls due."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from smsrepo.control.settings import Settings


class Kind(StrEnum):
    """What falls due, by which lists are cut."""

    APPROVAL = "approval"
    REVIEW = "review"
    START = "start"
    ACKNOWLEDGEMENT = "acknowledgement"
    PLANNED = "planned"
    END = "end"
    KEY = "key"
    WAIVER = "waiver"
    DISPOSAL = "disposal"
    RECORD = "record"


class Due(NamedTuple):
    """Something by a day, the last on which it is in time.

    `id` names what it is about: a document, record, person or policy file, "" for the SMS as a whole; `title` is its
    name for people. `text` says what falls due, `role` and `persons` (ids) who sees to it, as far as that is settled.
    """

    day: date
    overdue: bool
    kind: Kind
    id: str
    title: str
    text: str
    role: str = ""
    persons: tuple[str, ...] = ()


def holders(roles: Iterable[str], settings: Settings, on: date) -> tuple[str, ...]:
    """The ids of everyone who holds one of some roles on a day, each once."""
    return tuple(dict.fromkeys(person.id for role in roles for person in settings.holders(role, on)))
