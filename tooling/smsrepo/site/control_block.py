"""What stands at the head of every controlled document: which revision it is and who answers for it."""

from smsrepo.control.lifecycle import next_review
from smsrepo.model.artefact import Artefact
from smsrepo.site.fields import facts
from smsrepo.site.markup import blocks, plain, words
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.state import badge_of
from smsrepo.site.values import cell


def control_block(place: Place) -> str:
    """Id, type, revision, state, effective date, owner, next review, audience, and what changed."""
    publication, page, artefact = place
    data = artefact.data
    due = next_review(artefact, publication.settings)
    overdue = due is not None and due < publication.as_of
    pairs = [
        ("Document", f"**{plain(artefact.id)}** {plain(artefact.type.title)}"),
        ("Revision", f"**{plain(data.get('revision', '?'))}** {badge_of(publication, artefact)}"),
        ("Effective from", plain(data.get("effective_from", ""))),
        ("Owner", _owner(place)),
        ("Next review", f"{due}{' (overdue)' if overdue else ''}" if due else ""),
        ("Classification", plain(words(str(data.get("classification", ""))))),
        ("Audience", plain(", ".join(words(str(name)) for name in artefact.ids("audience")))),
        (
            "What changed",
            cell(place, str(data["summary_of_change"])) if data.get("summary_of_change") else "",
        ),
        (
            "Request for change",
            publication.reference(page, str(data["change"])) if data.get("change") else "",
        ),
        ("Replaced by", publication.reference(page, str(data["successor"])) if data.get("successor") else ""),
    ]
    return blocks(
        f'<div class="sms-control" markdown>\n{facts(pairs)}\n</div>', _warning(artefact, publication)
    )


def _owner(place: Place) -> str:
    role = str(place.artefact.data.get("owner", ""))
    if not role:
        return ""
    holders = place.publication.settings.holders(role, place.publication.as_of)
    names = ", ".join(plain(person.name) for person in holders) or "vacant"
    return f"{place.publication.role(place.page, role)} ({names})"


def _warning(artefact: Artefact, publication: Publication) -> str:
    if artefact.status == "obsolete":
        return '!!! danger "Obsolete"\n\n    This document is no longer in force. Do not work by it.'
    if artefact.status != "issued":
        return (
            '!!! warning "Draft"\n\n    This text is not in force. It is not found by search and may change.'
        )
    start = artefact.date("effective_from")
    if start and start > publication.as_of:
        return f'!!! warning "Not yet in force"\n\n    This revision is issued and applies from {start}.'
    return ""
