"""The register of documents: every controlled artefact with its revision and state."""

from collections.abc import Iterable, Iterator, Sequence

from smsrepo.control.lifecycle import basis, effective_since, next_review
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.proven import Proven
from smsrepo.model.words import count
from smsrepo.site.documents.beginning import beginning
from smsrepo.site.documents.revisions import badge_for, link_to, on_its_way, state_and_next
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, bullets, plain, rest, small, table, trail

PATH = "register.md"
AT_ONCE = 300
"""Entries on one page, here and on the pages that show what lies in a folder."""

ON_THEIR_WAY = "sms-on-their-way"
"""The place on the register that lists the revisions which are to follow those in force."""

_NAMED = 20
_TITLE = "Register of documents"
_KINDS = ("document", "agreement", "catalogue", "register")


def register_pages(publication: Publication) -> Iterator[Page]:
    """One table as long as it is short; else a table of the types, each with pages of its own."""
    controlled = (a for a in publication.repo.artefacts if not a.type.is_record)
    found = sorted(controlled, key=lambda a: (_KINDS.index(a.type.kind), a.id))
    split = len(found) > AT_ONCE
    types = dict.fromkeys(artefact.type for artefact in found)
    listed = (
        _types_table(publication, types) if split else entries_table(publication, PATH, found, with_type=True)
    )
    began = beginning(publication)
    text = blocks(
        f"# {_TITLE}",
        f"{_told(found)}, as of {publication.as_of}.",
        _coming(publication, PATH, found),
        listed,
        small(basis(found)),
        small(began) if began else "",
    )
    yield Page(PATH, _TITLE, text, contents=False)
    if split:
        for type_ in types:
            yield from _type_pages(publication, type_)


def register_of(publication: Publication, type_: ArtefactType, number: int = 1) -> str:
    """The page of the register for a type, where the register has several pages."""
    return f"register/{publication.type_names[type_.name]}{f'/{number}' if number > 1 else ''}.md"


def _states(found: Sequence[Artefact]) -> tuple[int, int, int]:
    """How many are issued (in force, where that is proven), on their way there, and past."""
    issued = sum(a.proven.in_force if a.proven else a.status == "issued" for a in found)
    past = sum(a.status == "obsolete" for a in found)
    return issued, len(found) - issued - past, past


def _told(found: Sequence[Artefact]) -> str:
    issued, drafts, past = _states(found)
    total = count(len(found), "controlled document")
    if any(a.proven for a in found):
        return f"{total}: {issued:,} in force, {drafts:,} drafted, in review or to come, {past:,} obsolete"
    return f"{total}: {issued:,} issued, {drafts:,} in draft, {past:,} obsolete"


def _coming(publication: Publication, page: str, found: Iterable[Artefact]) -> str:
    """The revisions that are to follow those in force, each with its state and a link to its text."""
    coming = [edition for artefact in found if (edition := on_its_way(publication, artefact))]
    if not coming:
        return ""
    told = ", ".join(
        f"{link_to(publication, page, edition, plain(f'{edition.id} {edition.number}'))} {badge_for(edition)}"
        for edition in coming[:_NAMED]
    )
    more = f" {rest(len(coming), _NAMED)}" if len(coming) > _NAMED else ""
    return f'<p id="{ON_THEIR_WAY}" markdown="span">On their way: {told}{more}.</p>'


def _types_table(publication: Publication, types: Iterable[ArtefactType]) -> str:
    rows = []
    for type_ in types:
        found = publication.repo.by_type[type_.name]
        name = publication.to(PATH, register_of(publication, type_), plain(type_.plural))
        rows.append([name, *(f"{number:,}" for number in (len(found), *_states(found)))])
    return table(["Type", "All", "Issued", "In draft", "Obsolete"], rows)


def _type_pages(publication: Publication, type_: ArtefactType) -> Iterator[Page]:
    found = sorted(publication.repo.by_type[type_.name], key=lambda a: a.id)
    numbers = range(1, (len(found) - 1) // AT_ONCE + 2)
    for number in numbers:
        path = register_of(publication, type_, number)
        title = f"{_TITLE}: {type_.plural}" + (f", page {number}" if number > 1 else "")
        others = [
            publication.to(path, register_of(publication, type_, n), f"Page {n}")
            for n in numbers
            if n != number
        ]
        text = blocks(
            trail(publication.to(path, PATH, _TITLE)),
            f"# {plain(title)}",
            f"{_told(found)}, as of {publication.as_of}.",
            _coming(publication, path, found) if number == 1 else "",
            entries_table(publication, path, found[(number - 1) * AT_ONCE : number * AT_ONCE]),
            bullets(others),
        )
        yield Page(path, title, text, searchable=number == 1, contents=False)


def _approvers(publication: Publication, page: str, proven: Proven | None) -> str:
    """The names of those who approved the revision in force, or that it was taken over and not approved since."""
    if proven is None or proven.adopted:
        return "taken over" if proven else ""
    people = dict.fromkeys(approval.person for approval in proven.approvals)
    return ", ".join(publication.person(page, person) for person in people)


def entries_table(
    publication: Publication, page: str, found: Iterable[Artefact], *, with_type: bool = False
) -> str:
    """Controlled artefacts with revision, state, dates and owner; with the type or who approved them, for which there
    is room on a sheet."""
    found = list(found)
    with_approvers = not with_type and any(a.proven for a in found)
    heads = [
        "Id",
        "Title",
        *(["Type"] if with_type else []),
        "Revision",
        "State",
        "Effective from",
        "Next review",
        *(["Approved by"] if with_approvers else []),
        "Owner",
    ]
    rows = [
        [
            publication.artefact(page, a, plain(a.id or a.path)),
            publication.artefact(page, a, plain(a.title or a.path)),
            *([plain(a.type.title)] if with_type else []),
            plain(a.data.get("revision", "")),
            state_and_next(publication, page, a),
            str(effective_since(a) or ""),
            str(next_review(a, publication.settings) or ""),
            *([_approvers(publication, page, a.proven)] if with_approvers else []),
            publication.role(page, str(a.data.get("owner", ""))),
        ]
        for a in found
    ]
    return f'<div class="sms-register" markdown>\n\n{table(heads, rows)}\n\n</div>'
