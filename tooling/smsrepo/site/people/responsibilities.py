"""Who answers for what in the processes: a matrix of processes and roles, from the headers of process descriptions."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.site.page import Page
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import attribute, blocks, plain, small, table, unseen
from smsrepo.site.text.matrix import Cell, matrix

PATH = "responsibilities.md"
_TITLE = "Responsibilities in the processes"
_FIELD = "responsibilities"

PARTS = {
    "accountable": ("A", "answers for the result"),
    "responsible": ("R", "does the work, or part of it"),
    "consulted": ("C", "is asked before it is done"),
    "informed": ("I", "hears of the result"),
}
"""The parts a role can have in an activity, with their letter and what they mean."""


class Share(NamedTuple):
    """What a role does in a process: the activities by the part it has in them, in the order of PARTS."""

    process: Artefact
    activities: Mapping[str, tuple[str, ...]]


def processes(publication: Publication) -> list[Artefact]:
    """The process descriptions that say who has which part, by id."""
    found = (a for a in publication.repo.artefacts if a.type.kind == "document" and a.status != "obsolete")
    return sorted((a for a in found if _activities(a)), key=lambda a: a.id)


def shares(publication: Publication, role: str) -> list[Share]:
    """The part of one role in every process in which it has one."""
    found = ((process, _parts(process, role)) for process in processes(publication))
    return [Share(process, parts) for process, parts in found if parts]


def responsibility_pages(publication: Publication) -> Iterator[Page]:
    """The matrix; none in an SMS whose processes do not name responsibilities."""
    found = processes(publication)
    if not found:
        return
    roles = publication.settings.roles
    named = {role for process in found for entry in _activities(process) for role in _roles(entry)}
    shown = [role for role in roles if role in named]
    heads = [_head(publication, role) for role in shown]
    rows = [(_name(publication, process), [_cell(process, role) for role in shown]) for process in found]
    text = blocks(
        f"# {_TITLE}",
        "Each row is a process, each column a role. A row unites the letters of all activities of its process: several "
        "roles can have an A, for each activity has one role that answers for it. The owner answers for the process as "
        "a whole. The description of the process says the same activity by activity. "
        f"Who holds which role stands under {publication.to(PATH, 'roles.md', 'roles and people')}.",
        _legend(),
        matrix("Processes and the part each role has in them", "Process", heads, rows, upright=True),
        _without(publication, named),
    )
    yield Page(PATH, _TITLE, text, contents=False, menu=False)


def activities_section(place: Place) -> str:
    """The activities of one process with the roles that have a part in each; empty for other documents."""
    publication, page, process = place
    rows = [
        [
            plain(entry.get("activity", "")),
            *(", ".join(publication.role(page, role) for role in _in(entry, part)) for part in PARTS),
        ]
        for entry in _activities(process)
    ]
    return (
        blocks("## Responsibilities", table(["Activity", *(part.capitalize() for part in PARTS)], rows))
        if rows
        else ""
    )


def _legend() -> str:
    said = (
        f"<span><strong>{letter}</strong> {part}: {meaning}</span>"
        for part, (letter, meaning) in PARTS.items()
    )
    return f'<p class="sms-legend">{" ".join(said)}</p>'


def _activities(process: Artefact) -> list[Mapping[str, object]]:
    return [entry for entry in process.entries(_FIELD) if "accountable" in entry]


def _roles(entry: Mapping[str, object]) -> Iterator[str]:
    for part in PARTS:
        yield from _in(entry, part)


def _in(entry: Mapping[str, object], part: str) -> tuple[str, ...]:
    value = entry.get(part)
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list) else ()


def _parts(process: Artefact, role: str) -> Mapping[str, tuple[str, ...]]:
    entries = _activities(process)
    found = {
        part: tuple(str(entry.get("activity", "")) for entry in entries if role in _in(entry, part))
        for part in PARTS
    }
    return {part: activities for part, activities in found.items() if activities}


def _cell(process: Artefact, role: str) -> Cell:
    parts = _parts(process, role)
    letters = " ".join(f'<span class="sms-raci sms-raci--{part}">{PARTS[part][0]}</span>' for part in parts)
    said = ", ".join(parts)
    title = ". ".join(f"{part.capitalize()}: {'; '.join(activities)}" for part, activities in parts.items())
    content = f'<span aria-hidden="true">{letters}</span>{unseen(said)}' if parts else ""
    return Cell(content, title)


def _head(publication: Publication, role: str) -> str:
    target = attribute(publication.address(PATH, "roles.md"))
    return f'<a href="{target}#{role}">{plain(publication.settings.roles[role].name)}</a>'


def _name(publication: Publication, process: Artefact) -> str:
    target = attribute(publication.address(PATH, publication.page_paths[process.path]))
    owner = publication.settings.roles.get(str(process.data.get("owner", "")))
    owned = f"<br>{small(f'Owner: {plain(owner.name)}')}" if owner else ""
    return f'<a href="{target}#{_FIELD}">{plain(process.title)}</a>{owned}'


def _without(publication: Publication, named: set[str]) -> str:
    """Roles that no process names: their duties lie elsewhere."""
    others = [publication.role(PATH, role) for role in publication.settings.roles if role not in named]
    return f"Without a part in a process: {', '.join(others)}." if others else ""
