"""What stands at the head of every controlled document: which revision it is and who answers for it."""

from datetime import date

from smsrepo.control.editions import Edition
from smsrepo.control.lifecycle import effective_since, next_review
from smsrepo.control.register import State
from smsrepo.model.artefact import Artefact
from smsrepo.model.proven import Approval, Proven
from smsrepo.site.documents.proof import how_proven, proof_link
from smsrepo.site.documents.revisions import applied, badge_for, is_here, replaced_by, taken_over_on
from smsrepo.site.place import Place
from smsrepo.site.state import badge_of
from smsrepo.site.text.fields import facts
from smsrepo.site.text.markup import blocks, plain, small, words
from smsrepo.site.text.values import cell


def control_block(place: Place) -> str:
    """Id, type, revision, state, effective date, owner, next review, audience, and what changed."""
    publication, page, artefact = place
    data = artefact.data
    due = next_review(artefact, publication.settings)
    overdue = due is not None and due < publication.as_of
    pairs = [
        ("Document", f"**{plain(artefact.id)}** {plain(artefact.type.title)}"),
        ("Revision", f"**{plain(data.get('revision', '?'))}** {badge_of(publication, artefact)}"),
        ("Effective from", _effective(artefact)),
        ("Approved by", _approvals(place)),
        ("Owner", _owner(place)),
        (
            "Last reviewed",
            "<br>".join(_signed(place, act) for act in artefact.proven.reviews) if artefact.proven else "",
        ),
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
    return blocks(f'<div class="sms-control" markdown>\n{facts(pairs)}\n</div>', _warning(place))


def past_block(place: Place, edition: Edition) -> str:
    """The same for a revision that is not what readers work by: what it was, not what is due today."""
    publication, page, artefact = place
    data = artefact.data
    pairs = [
        ("Document", f"**{plain(edition.id)}** {plain(artefact.type.title)}"),
        ("Revision", f"**{plain(edition.number)}** {badge_for(edition)}"),
        ("In force", applied(edition)),
        ("Entered the main branch", str(edition.entered)),
        ("Approved by", _past_approvals(place, edition)),
        ("Owner", publication.role(page, str(data.get("owner", "")))),
        ("Classification", plain(words(str(data.get("classification", ""))))),
        ("What changed", cell(place, edition.summary) if edition.summary else ""),
        (
            "Request for change",
            publication.reference(page, str(data["change"])) if data.get("change") else "",
        ),
    ]
    return f'<div class="sms-control" markdown>\n{facts(pairs)}\n</div>'


def _past_approvals(place: Place, edition: Edition) -> str:
    publication, page = place.publication, place.page
    told = [_taken_over(edition.entered)] if edition.adopted else []
    told += [
        f"{publication.person(page, act.person)}, {publication.role(page, act.statement.role)}, "
        f"{act.entered.date()} ({proof_link(act.statement.assurance)})"
        for act in edition.approvals
    ]
    return "<br>".join(told)


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
    if proven is None:
        return ""
    here = _shown(place)
    if here and here.state is State.APPROVED:
        return _past_approvals(place, here)
    told = [_taken_over(proven.taken_over)] if proven.taken_over else []
    return "<br>".join([*told, *(_signed(place, approval) for approval in proven.approvals)])


def _signed(place: Place, act: Approval) -> str:
    """Who approved or reviewed, as what, when, and how that is proven."""
    publication, page, _ = place
    how = proof_link(act.assurance) if _shown(place) else how_proven(act.assurance)
    role = f", {publication.role(page, act.role)}" if act.role else ""
    return f"{publication.person(page, act.person)}{role}, {act.on} ({how})"


def _shown(place: Place) -> Edition | None:
    """The revision that the page shows; its proof stands further down."""
    editions = place.publication.editions.get(place.artefact.id, ())
    return next((one for one in editions if is_here(place.publication, one)), None)


def _taken_over(day: date) -> str:
    told = taken_over_on(day)
    return f"{told[:1].upper()}{told[1:]}; earlier approval is not proven here"


def _effective(artefact: Artefact) -> str:
    """From which day it applies. Of what was taken over only its own header says so."""
    since = str(effective_since(artefact) or "")
    by_header = since and artefact.proven and artefact.proven.taken_over
    return f"{since} {small('as its header says')}" if by_header else since


def _warning(place: Place) -> str:
    publication, _, artefact = place
    proven = artefact.proven
    if proven is not None:
        return _proven_warning(place, proven)
    if artefact.status == "obsolete":
        return _obsolete(place)
    if artefact.status != "issued":
        return admonition(
            "warning", "Draft", "This text is not in force. It is not found by search and may change."
        )
    start = artefact.date("effective_from")
    if start and start > publication.as_of:
        return admonition("warning", "Not yet in force", f"This revision is issued and applies from {start}.")
    return ""


def _proven_warning(place: Place, proven: Proven) -> str:
    warnings = []
    if proven.state == "obsolete":
        warnings.append(_obsolete(place))
    elif proven.state == State.APPROVED:
        begins = effective_since(place.artefact)
        text = f"Approved, applies from {begins}. Nobody works by it until then."
        warnings.append(admonition("warning", "Not yet in force", text))
    elif not proven.in_force:
        warnings.append(
            admonition("warning", f"Not in force: {proven.state}", "Nobody works by this text yet.")
        )
    if proven.newest:
        text = f"Revision {proven.newest}. Until it is in force, this one applies."
        warnings.append(admonition("info", "A newer revision is on its way", text))
    if proven.suspect:
        warnings.append(admonition("danger", "Approval in doubt", f"{plain(proven.suspect)}."))
    return blocks(*warnings)


def _obsolete(place: Place) -> str:
    text = "This document is no longer in force. Do not work by it."
    successor = replaced_by(place.publication, place.artefact.id)
    if successor:
        text += f" {place.publication.artefact(place.page, successor)} has taken its place."
    return admonition("danger", "Obsolete", text)


def admonition(kind: str, title: str, text: str) -> str:
    """A box with a title; the text is Markdown on one line."""
    return f'!!! {kind} "{title}"\n\n    {text}'
