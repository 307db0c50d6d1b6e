"""What stands at the head of every controlled document: which revision it is and who answers for it."""

from smsrepo.control.lifecycle import effective_since, next_review
from smsrepo.model.artefact import Artefact
from smsrepo.model.proven import Proven
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
        ("Effective from", str(effective_since(artefact) or "")),
        ("Approved by", _approvals(place)),
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


def _approvals(place: Place) -> str:
    """Who approved the revision, as what, when, and how that is proven; empty before control began."""
    proven = place.artefact.proven
    if proven is None or not (proven.approvals or proven.adopted):
        return ""
    if proven.adopted and not proven.approvals:
        return "Taken over when document control began; earlier approval is not proven here"
    told = []
    for approval in proven.approvals:
        how = "signature" if approval.assurance == "signed" else "review on the forge"
        role = place.publication.role(place.page, approval.role)
        told.append(f"{place.publication.person(place.page, approval.person)}, {role}, {approval.on} ({how})")
    return "<br>".join(told)


def _warning(artefact: Artefact, publication: Publication) -> str:
    proven = artefact.proven
    if proven is not None:
        return _proven_warning(proven)
    if artefact.status == "obsolete":
        return _OBSOLETE
    if artefact.status != "issued":
        return _admonition(
            "warning", "Draft", "This text is not in force. It is not found by search and may change."
        )
    start = artefact.date("effective_from")
    if start and start > publication.as_of:
        return _admonition(
            "warning", "Not yet in force", f"This revision is issued and applies from {start}."
        )
    return ""


def _proven_warning(proven: Proven) -> str:
    warnings = []
    if proven.state == "obsolete":
        warnings.append(_OBSOLETE)
    elif not proven.in_force:
        warnings.append(
            _admonition("warning", f"Not in force: {proven.state}", "Nobody works by this text yet.")
        )
    if proven.newest:
        text = f"Revision {proven.newest}. Until it is in force, this one applies."
        warnings.append(_admonition("info", "A newer revision is on its way", text))
    if proven.suspect:
        warnings.append(_admonition("danger", "Approval in doubt", f"{plain(proven.suspect)}."))
    return blocks(*warnings)


def _admonition(kind: str, title: str, text: str) -> str:
    return f'!!! {kind} "{title}"\n\n    {text}'


_OBSOLETE = _admonition("danger", "Obsolete", "This document is no longer in force. Do not work by it.")
