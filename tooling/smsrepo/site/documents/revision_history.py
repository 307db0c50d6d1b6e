"""The foot of a document page: every revision it ever had, and the proof of the one that is shown."""

from smsrepo.control.editions import Edition
from smsrepo.model.artefact import Artefact
from smsrepo.site.documents.proof import proof
from smsrepo.site.documents.revisions import applied, badge_for, compared, is_here, link_to
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, cards, plain, small
from smsrepo.site.text.values import cell

_FIRST = ("0.1", "1.0")
_HEADS = ("Revision", "State", "In force", "Approved by", "What changed")


def revision_history(publication: Publication, page: str, artefact: Artefact) -> str:
    """A table of the revisions, the newest first, and the proof of approval; empty before document control began."""
    editions = publication.editions.get(artefact.id, ())
    if not editions or publication.repo.find(artefact.id) is not artefact:
        return ""
    place = Place(publication, page, artefact)
    here = next((edition for edition in editions if is_here(publication, edition)), None)
    return blocks(
        # A summary of a past revision may name what is not done any more: search is not to find it here.
        "## Revision history { #sms-history data-search-exclude }",
        cards(
            _HEADS, [*(_row(place, one) for one in reversed(editions)), *_earlier(editions[0])], "sms-history"
        ),
        proof(publication, page, here) if here else "",
    )


def _row(place: Place, edition: Edition) -> list[str]:
    publication, page, _ = place
    here = is_here(publication, edition)
    number = f"**{plain(edition.number)}**" if here else link_to(publication, page, edition)
    changes = compared(publication, page, edition, "word by word")
    return [
        f"{number} {small('(this page)')}" if here else number,
        badge_for(edition),
        applied(edition),
        approved_by(publication, page, edition),
        " ".join(filter(None, (cell(place, edition.summary), changes and small(changes)))),
    ]


def approved_by(publication: Publication, page: str, edition: Edition) -> str:
    """The names of those who approved a revision, and whether it was taken over."""
    people = dict.fromkeys(act.person for act in edition.approvals)
    names = ", ".join(publication.person(page, person) for person in people)
    return "<br>".join(filter(None, (f"taken over on {edition.entered}" if edition.adopted else "", names)))


def _earlier(first: Edition) -> list[list[str]]:
    """A row for the revisions that came before the first one that is known."""
    if first.number in _FIRST:
        return []
    return [[f"Before {plain(first.number)}", "", "", "", "Earlier revisions are not kept here."]]
