"""What falls due, in one list: for the site, for the calendar, for whoever must act."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from smsrepo.control import due_in_register
from smsrepo.control.duty import Due, Kind, holders
from smsrepo.control.lifecycle import next_review
from smsrepo.control.people import Key, Person
from smsrepo.control.planned import planned
from smsrepo.control.register import Register
from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.repo import Repo


def due(register: Register | None, repo: Repo, on: date, horizon: date) -> list[Due]:
    """Everything that is overdue on a day or falls due up to the horizon (included), the first first.

    Keys and agreements are told of earlier where sms/control.yml plans a longer notice. `register` is None where
    document control has not begun: then reviews follow from headers, and there is nothing to approve, confirm or
    dispose of. With it, the settings are those in force, not those that wait for approval.
    """
    settings = register.settings if register else Settings(repo)
    told = chain(
        _ends(repo, settings, on, _at_least(horizon, settings, "contract_end_notice", on)),
        _keys(settings, on, _at_least(horizon, settings, "key_end_notice", on)),
    )
    others = chain(
        _planned(repo, settings, on),
        _waivers(repo, settings, on),
        _records(repo, settings, on),
        due_in_register.due(register, repo, on, horizon) if register else _reviews(repo, settings, on),
    )
    found = [*told, *(one for one in others if one.day <= horizon)]
    return sorted(found, key=lambda one: (one.day, one.text, one.id))


def _at_least(horizon: date, settings: Settings, notice: str, on: date) -> date:
    interval = settings.interval(notice)
    return max(horizon, interval.after(on)) if interval else horizon


def _planned(repo: Repo, settings: Settings, on: date) -> Iterator[Due]:
    """The next of everything that has a planned interval."""
    for type_ in repo.types.values():
        for step in planned(repo, settings, type_, on):
            about = step.entry
            role, persons = _owner(about, settings, on) if about else ("", ())
            id_, title = (about.id, about.title) if about else ("", "")
            yield Due(step.due, step.due < on, Kind.PLANNED, id_, title, type_.title, role, persons)


def _reviews(repo: Repo, settings: Settings, on: date) -> Iterator[Due]:
    for artefact in repo.artefacts:
        if not artefact.type.is_record and (day := next_review(artefact, settings)):
            yield _about(artefact, day, on, Kind.REVIEW, due_in_register.REVIEW, settings)


def _ends(repo: Repo, settings: Settings, on: date, until: date) -> Iterator[Due]:
    for artefact in repo.artefacts:
        validity = artefact.data.get("validity") if artefact.type.kind == "agreement" else None
        end = day_in(validity.get("to")) if isinstance(validity, dict) else None
        if end and end <= until and artefact.active:
            yield _about(artefact, end, on, Kind.END, "End of the agreement", settings)


def still_due(record: Artefact) -> date | None:
    """By when an open record is to be done; None for one that is done, of which only the check is open."""
    if not record.type.closed or record.closed:
        return None
    done = record.date("completed_on") or record.date("implemented_on")
    return None if done else record.date("due")


def _records(repo: Repo, settings: Settings, on: date) -> Iterator[Due]:
    """Records that are not closed and say by when they shall be."""
    for artefact in repo.artefacts:
        if day := still_due(artefact):
            yield _about(artefact, day, on, Kind.RECORD, artefact.type.title, settings)


def _waivers(repo: Repo, settings: Settings, on: date) -> Iterator[Due]:
    for _, waiver in settings.waivers():
        until, about = date.fromisoformat(waiver["until"]), repo.find(waiver["artefact"])
        title, text = about.title if about else "", f"End of the waiver of {waiver['rule']}"
        yield Due(until, until < on, Kind.WAIVER, waiver["artefact"], title, text, persons=(waiver["by"],))


def _keys(settings: Settings, on: date, until: date) -> Iterator[Due]:
    """The last key of each person, where it ends; one that has ended matters while the person holds a role."""
    for person in settings.people.values():
        end = _last_end(person) if person.active(on) else None
        if end and end <= until and (end >= on or settings.roles_of(person.id, on, on)):
            text = f"End of the key of {person.name}"
            yield Due(end, end < on, Kind.KEY, person.id, person.name, text, persons=(person.id,))


def _last_end(person: Person) -> date | None:
    keys: list[Key] = [key for key in person.keys if key.compromised_on is None]
    ends = [key.end for key in keys if key.end]
    return max(ends) if ends and len(ends) == len(keys) else None


def _about(artefact: Artefact, day: date, on: date, kind: Kind, text: str, settings: Settings) -> Due:
    return Due(day, day < on, kind, artefact.id, artefact.title, text, *_owner(artefact, settings, on))


def _owner(artefact: Artefact, settings: Settings, on: date) -> tuple[str, tuple[str, ...]]:
    """The role that owns an artefact with its holders, or the person who does."""
    owner = artefact.data.get("owner")
    if owner in settings.people:
        return "", (str(owner),)
    return (str(owner), holders([str(owner)], settings, on)) if owner in settings.roles else ("", ())
