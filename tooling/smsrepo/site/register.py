"""The register of documents: every controlled artefact with its revision and state."""

from collections.abc import Iterable

from smsrepo.model.artefact import Artefact
from smsrepo.site.control_block import next_review
from smsrepo.site.markup import blocks, count, plain, small, table
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.state import badge_of

PATH = "register.md"
_KINDS = ("document", "agreement", "catalogue", "register")


def register_page(publication: Publication) -> Page:
    """One table; a small script sorts and filters it, and without the script it is simply complete."""
    controlled = (a for a in publication.repo.artefacts if not a.type.is_record)
    found = sorted(controlled, key=lambda a: (_KINDS.index(a.type.kind), a.id))
    issued = sum(a.status == "issued" for a in found)
    drafts = sum(a.status == "draft" for a in found)
    text = blocks(
        "# Register of documents",
        f"{count(len(found), 'controlled document')}: {issued:,} issued, {drafts:,} in draft, "
        f"{len(found) - issued - drafts:,} obsolete, as of {publication.as_of}.",
        entries_table(publication, PATH, found, with_type=True),
        small("Issued is what the owner has declared. Approvals are not evaluated in this version."),
    )
    return Page(PATH, "Register of documents", text, contents=False)


def entries_table(
    publication: Publication, page: str, found: Iterable[Artefact], *, with_type: bool = False
) -> str:
    """Controlled artefacts with revision, state, dates and owner."""
    heads = [
        "Id",
        "Title",
        *(["Type"] if with_type else []),
        "Revision",
        "State",
        "Effective from",
        "Next review",
        "Owner",
    ]
    rows = [
        [
            publication.artefact(page, a, plain(a.id or a.path)),
            publication.artefact(page, a, plain(a.title or a.path)),
            *([plain(a.type.title)] if with_type else []),
            plain(a.data.get("revision", "")),
            badge_of(publication, a),
            plain(a.data.get("effective_from", "")),
            str(next_review(publication, a) or ""),
            publication.role(page, str(a.data.get("owner", ""))),
        ]
        for a in found
    ]
    return f'<div class="sms-register" markdown>\n\n{table(heads, rows)}\n\n</div>'
