"""The schedule of change: computed from the requests for change, never typed."""

from datetime import timedelta
from itertools import chain

from smsrepo.model.artefact import Artefact
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, overdue, plain, small, table, words

PATH = "schedule-of-change.md"
CODE = "SCH"
_TOLD = "COM"
DAY = "scheduled_for"
_BACK = timedelta(days=30)


def schedule_pages(publication: Publication) -> list[Page]:
    """The page; none in an SMS whose changes have no planned day."""
    if not has_schedule(publication):
        return []
    since = publication.as_of - _BACK
    made = [
        a
        for a in _approved(publication)
        if (day := a.date("implemented_on")) and since <= day <= publication.as_of
    ]
    text = blocks(
        "# Schedule of change",
        "Approved changes with the day planned for each. The page is computed from the requests for change, "
        f"as of {publication.as_of}.",
        "## To come",
        _planned(publication, to_come(publication)),
        f"## Made since {since}",
        _made(publication, sorted(made, key=lambda a: (str(a.data["implemented_on"]), a.id), reverse=True)),
    )
    return [Page(PATH, "Schedule of change", text, contents=False)]


def has_schedule(publication: Publication) -> bool:
    """Whether records of some type are evidence of a schedule."""
    types = publication.repo.types.values()
    return any(kind.code == CODE for type_ in types for kind in type_.kinds)


def to_come(publication: Publication) -> list[Artefact]:
    """The approved changes that are not made yet, the first first."""
    waiting = [a for a in _approved(publication) if not a.closed and a.date("implemented_on") is None]
    return sorted(waiting, key=lambda a: (str(a.data[DAY]), a.id))


def _approved(publication: Publication) -> list[Artefact]:
    return [a for a in _changes(publication) if a.data.get("decision") == "approved"]


def _changes(publication: Publication) -> list[Artefact]:
    """The changes that have a planned day."""
    types = [t.name for t in publication.repo.types.values() if any(kind.code == CODE for kind in t.kinds)]
    found = chain.from_iterable(publication.repo.by_type.get(name, ()) for name in types)
    return [a for a in found if a.date(DAY) and a.fits]


def _planned(publication: Publication, changes: list[Artefact]) -> str:
    rows = [
        [
            _when(publication, a),
            publication.artefact(PATH, a),
            _services(publication, a),
            _noticed(a),
            _told(publication, a),
        ]
        for a in changes
    ]
    heads = ["Planned for", "Change", "Services", "What customers notice", "Customers told"]
    return table(heads, rows) if rows else "No approved change is waiting."


def _made(publication: Publication, changes: list[Artefact]) -> str:
    rows = [
        [
            plain(a.data["implemented_on"]),
            plain(a.data[DAY]),
            publication.artefact(PATH, a),
            _services(publication, a),
            plain(words(str(a.data.get("outcome", "")))),
        ]
        for a in changes
    ]
    return table(["Made on", "Planned for", "Change", "Services", "Outcome"], rows) if rows else "None."


def _when(publication: Publication, change: Artefact) -> str:
    day = change.date(DAY)
    late = overdue(day, publication.as_of) if day else ""
    emergency = str(change.data.get("category", "")) == "emergency"
    return f"{plain(change.data[DAY])}{late}" + (f" {badge('Emergency', 'wait')}" if emergency else "")


def _services(publication: Publication, change: Artefact) -> str:
    return ", ".join(publication.reference(PATH, id_) for id_ in change.ids("services")) or "None"


def _noticed(change: Artefact) -> str:
    """What the assessment says of it: window and interruption, in words."""
    assessed = change.data.get("assessments")
    return plain(assessed.get("customer", "")) if isinstance(assessed, dict) else ""


def _told(publication: Publication, change: Artefact) -> str:
    """The communications about the change, each with its day."""
    named = [
        f"{publication.artefact(PATH, a, plain(a.id))}, {plain(a.data.get('recorded_on', ''))}"
        for a in publication.repo.incoming.get(change.id, ())
        if any(kind.code == _TOLD for kind in a.type.kinds)
    ]
    return "; ".join(named) or small("no communication recorded")
