"""The front page: one look tells whether the SMS is under control."""

from datetime import date

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.artefact import Artefact
from smsrepo.site.conformity.coverage_chart import coverage_bar, legend
from smsrepo.site.conformity.requirements import PATH as REQUIREMENTS
from smsrepo.site.documents.changes import PATH as CHANGES
from smsrepo.site.documents.changes import Change, last_year
from smsrepo.site.documents.revisions import document_of, link_to
from smsrepo.site.doors import doors
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records.due import is_late
from smsrepo.site.services.glance import service_glance
from smsrepo.site.services.levels import Levels
from smsrepo.site.state import badge_of
from smsrepo.site.text.markup import blocks, cards, overdue, plain, rest, small, table
from smsrepo.site.tiles import health, matters_page, open_matters
from smsrepo.site.upcoming import upcoming

PATH = "index.md"
_KINDS = ("document", "agreement", "catalogue", "register", "record")
_NEWS, _OPEN, _SUMMARY = 6, 6, 140


def home_page(publication: Publication, levels: Levels) -> Page:
    """Scope, doors, health, service levels, what is due, what changed, what is open."""
    organisation = plain(publication.settings.organisation)
    scope = publication.settings.scope
    text = blocks(
        f"# Service management system of {organisation}",
        _demonstration(publication),
        f'<p class="sms-scope" markdown="span">{plain(scope.get("statement", ""))}</p>' if scope else "",
        doors(publication, PATH),
        "## Health at a glance",
        health(publication, levels),
        _desk(service_glance(publication, levels, PATH), upcoming(publication, PATH)),
        _desk(_news(publication), blocks(_open(publication), _coverage(publication))),
    )
    return Page(PATH, "Home", text, "sms/sms.yml", contents=False, menu=False)


def _demonstration(publication: Publication) -> str:
    day = publication.settings.standing_still_at
    if day is None:
        return ""
    words = f"<strong>Demonstration, as of {day}.</strong> Organisation, people and records are invented."
    return f'<p class="sms-demonstration">{words}</p>'


def _desk(left: str, right: str) -> str:
    """Two parts side by side where there is room."""
    if not (left and right):
        return left or right
    parts = (f'<div class="sms-desk__part" markdown>\n\n{part}\n\n</div>' for part in (left, right))
    return f'<div class="sms-desk" markdown>\n\n{blocks(*parts)}\n\n</div>'


def _coverage(publication: Publication) -> str:
    return blocks(
        f"## {publication.to(PATH, REQUIREMENTS, 'Requirements of the standard')}",
        coverage_bar(publication.coverage),
        legend(publication.coverage),
        small("Presence, not adequacy: whether it is enough, an auditor says."),
    )


def _open(publication: Publication) -> str:
    """Nonconformities that are not closed, then the actions that are late."""
    found = open_matters(publication)
    shown = [a for a in found if a.type.name == "nonconformity" or is_late(publication, a)]
    rows = [
        [_when(publication, a.date("due")), f"{publication.artefact(PATH, a)} {small(plain(a.type.title))}"]
        for a in shown[:_OPEN]
    ]
    more = (
        publication.to(PATH, matters_page(publication), rest(len(shown), _OPEN)) if len(shown) > _OPEN else ""
    )
    return blocks(
        "## Open nonconformities, late actions",
        table(["Due", "What"], rows) if rows else "None is open or late.",
        more,
    )


def _when(publication: Publication, day: date | None) -> str:
    if day is None:
        return small("no day")
    return f"{day}{overdue(day, publication.as_of)}"


def _news(publication: Publication) -> str:
    """The revisions that came into force last, with what changed."""
    if publication.editions:
        rows = [_changed(publication, change) for change in _newest(publication)]
        more = publication.to(PATH, CHANGES, "Everything that changed in twelve months")
    else:
        rows = [_issued(publication, artefact) for artefact in _latest(publication)]
        more = ""
    return blocks("## What changed", cards(["From", "Document", "What changed"], rows), more) if rows else ""


def _newest(publication: Publication) -> list[Change]:
    """The latest changes; of one day those of documents come before those of the registers."""
    changes = sorted(
        last_year(publication), key=lambda one: (_KINDS.index(one.edition.version.type.kind), one.edition.id)
    )
    return sorted(changes, key=lambda change: change.on, reverse=True)[:_NEWS]


def _changed(publication: Publication, change: Change) -> list[str]:
    edition = change.edition
    document = document_of(publication, edition)
    name = publication.artefact(PATH, document) if document else plain(f"{edition.id} {edition.title}")
    return [
        str(change.on),
        f"{name} {link_to(publication, PATH, edition)} {small(change.what)}",
        _cut(edition.summary),
    ]


def _latest(publication: Publication) -> list[Artefact]:
    """The documents whose header says that they took effect last."""
    issued = [
        a for a in publication.repo.artefacts
        if not a.type.is_record and a.status == "issued" and effective_since(a)
    ]  # fmt: skip
    return sorted(issued, key=lambda a: (str(effective_since(a)), a.id), reverse=True)[:_NEWS]


def _issued(publication: Publication, artefact: Artefact) -> list[str]:
    revision = plain(artefact.data.get("revision", ""))
    return [
        str(effective_since(artefact)),
        f"{publication.artefact(PATH, artefact)} {revision} {badge_of(publication, artefact)}",
        _cut(str(artefact.data.get("summary_of_change", ""))),
    ]


def _cut(summary: str) -> str:
    """As much of a summary as a glance takes; the page of the document has all of it."""
    text = " ".join(summary.split())
    return plain(text if len(text) <= _SUMMARY else f"{text[:_SUMMARY].rpartition(' ')[0]} …")
