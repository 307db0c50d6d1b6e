"""Records that are open and name a thing: what whoever looks after it should know."""

from smsrepo.model.artefact import Artefact
from smsrepo.model.newest import newest_first
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, cards, overdue, plain, rest, small, words

_SHOWN = 20
_CURRENT = "current"
"""The status of articles that are in use: nothing about them waits."""


def open_about(publication: Publication, artefact: Artefact) -> list[Artefact]:
    """Records about an artefact that can be closed and are not: by type, the latest first."""
    named_in = publication.repo.incoming.get(artefact.id, ())
    found = [a for a in named_in if a.type.closed and not a.closed and a.status != _CURRENT]
    return sorted(newest_first(found), key=lambda a: a.type.title)


def open_section(publication: Publication, page: str, artefact: Artefact) -> str:
    """Open incidents, problems, changes and the like, with the day by which each is due."""
    found = open_about(publication, artefact)
    if not any(type_.closed for type_ in publication.repo.types.values()):
        return ""
    rows = [
        [
            plain(a.type.title),
            publication.artefact(page, a),
            badge(words(a.status), "wait"),
            "<br>".join(
                filter(None, (f"since {plain(a.data.get('recorded_on', '?'))}", _due(publication, a)))
            ),
        ]
        for a in found[:_SHOWN]
    ]
    return blocks(
        "## Open about it",
        _table(rows) if rows else "Nothing is open.",
        small(rest(len(found), _SHOWN)) if len(found) > _SHOWN else "",
    )


def _table(rows: list[list[str]]) -> str:
    heads = ["Kind", "Record", "Status", "When"]
    return f'<div class="sms-open" markdown>\n\n{cards(heads, rows)}\n\n</div>'


def _due(publication: Publication, record: Artefact) -> str:
    day = record.date("due") or record.date("scheduled_for")
    if day is None:
        return ""
    if record.date("completed_on") or record.date("implemented_on"):
        return f"due {day}"  # done; only its check or review is still open
    return f"due {day}{overdue(day, publication.as_of)}"
