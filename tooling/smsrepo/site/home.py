"""The front page: one look tells whether the SMS is under control."""

from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.site.coverage_chart import coverage_bar, legend
from smsrepo.site.due import Due, coming, open_records
from smsrepo.site.markup import badge, blocks, bullets, plain, rest, small, table
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.requirements import PATH as REQUIREMENTS
from smsrepo.site.service_levels import Levels, met, verdict
from smsrepo.site.state import badge_of
from smsrepo.site.tiles import tiles

PATH = "index.md"
_NEXT, _NEWS, _NAMED = 8, 6, 3


def home_page(publication: Publication, levels: Levels) -> Page:
    """Scope, health, what is due, what is new."""
    organisation = plain(publication.settings.organisation)
    scope = publication.settings.scope
    text = blocks(
        f"# Service management system of {organisation}",
        _demonstration(publication),
        f'<p class="sms-scope" markdown="span">{plain(scope.get("statement", ""))}</p>' if scope else "",
        "## Health at a glance",
        tiles(publication, levels),
        f"### {publication.to(PATH, REQUIREMENTS, 'Requirements of the standard')}",
        coverage_bar(publication.coverage),
        legend(publication.coverage),
        _missed(publication, levels),
        _open(publication),
        _due(publication),
        _news(publication),
    )
    return Page(PATH, "Home", text, "sms/sms.yml", contents=False, menu=False)


def _demonstration(publication: Publication) -> str:
    day = publication.settings.standing_still_at
    if day is None:
        return ""
    words = f"<strong>Demonstration, as of {day}.</strong> Organisation, people and records are invented."
    return f'<p class="sms-demonstration">{words}</p>'


def _missed(publication: Publication, levels: Levels) -> str:
    """The misses of the latest month, by name."""
    month = max(levels.months, default="")
    missed = [record for record in levels.months.get(month, ()) if not met(record)]
    if not missed:
        return ""
    return blocks(
        f"### Missed in {month}", bullets(f"{verdict(r)} {publication.artefact(PATH, r)}" for r in missed)
    )


def _open(publication: Publication) -> str:
    found = open_records(publication)
    if not found:
        return "## Open records with a due day\n\nNone is open."
    rows = [[_when(publication, due), _about(publication, due), plain(due.what)] for due in found[:_NEXT]]
    return blocks("## Open records with a due day", table(["Due", "What", "Kind"], rows), _more(len(found)))


def _due(publication: Publication) -> str:
    found = coming(publication)
    together: dict[tuple[date, str], list[Due]] = {}
    for due in found:
        together.setdefault((due.on, due.what), []).append(due)
    rows = [
        [_when(publication, some[0]), plain(what), _all(publication, some)]
        for (_, what), some in together.items()
    ]
    return blocks(
        "## What is due next",
        table(["Due", "What", "For"], rows[:_NEXT]) if rows else "Nothing is planned.",
        _more(len(rows)),
    )


def _all(publication: Publication, some: list[Due]) -> str:
    """What is due on the same day, the first few by name."""
    names = ", ".join(_about(publication, due) for due in some[:_NAMED])
    return f"{names} {rest(len(some), _NAMED)}".strip()


def _more(total: int) -> str:
    return small(f"{rest(total, _NEXT)} later") if total > _NEXT else ""


def _when(publication: Publication, due: Due) -> str:
    return f"{due.on} {badge('Overdue', 'bad')}" if due.on < publication.as_of else str(due.on)


def _about(publication: Publication, due: Due) -> str:
    return publication.artefact(PATH, due.about) if due.about else "The management system"


def _news(publication: Publication) -> str:
    """The documents that took effect last, with what changed."""
    issued = [
        a
        for a in publication.repo.artefacts
        if not a.type.is_record and a.status == "issued" and a.date("effective_from")
    ]
    latest = sorted(issued, key=lambda a: (str(a.data["effective_from"]), a.id), reverse=True)[:_NEWS]
    return (
        blocks(
            "## Latest changes of documents",
            table(["From", "Document", "What changed"], _news_rows(publication, latest)),
        )
        if latest
        else ""
    )


def _news_rows(publication: Publication, latest: list[Artefact]) -> list[list[str]]:
    """Rows of the table of news."""
    return [
        [
            plain(a.data["effective_from"]),
            f"{publication.artefact(PATH, a)} {plain(a.data.get('revision', ''))} {badge_of(publication, a)}",
            plain(a.data.get("summary_of_change", "")),
        ]
        for a in latest
    ]
