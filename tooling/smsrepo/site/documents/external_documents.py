"""Documents from outside: which edition holds, where it is kept, who has it, when somebody last looked (4.3.2 g)."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since, in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import duration_in
from smsrepo.model.words import count
from smsrepo.site.documents.revisions import as_it_was, on_its_way, state_and_next
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, cards, overdue, plain, small, words

PATH = "external-documents.md"
_TITLE = "External documents"
_CODE = "EXT"
_HEADS = ["Document", "Edition", "Revision", "Kept at", "Given to", "Checked", "Owner"]


def external_document_pages(publication: Publication) -> Iterator[Page]:
    """The page; none in an SMS that keeps no such entries."""
    found = external_documents(publication)
    if not found:
        return
    current = [a for a in found if a.active and in_force(a, publication.as_of)]
    coming = [a for a in found if a.active and a not in current]
    others = [a for a in found if not a.active]
    text = blocks(
        f"# {_TITLE}",
        f"{count(len(current), 'document')} from outside on which the management system rests, as of "
        f"{publication.as_of}. Before you rely on a copy, compare its edition with this list.",
        _table(publication, current) if current else "None holds today.",
        blocks("## Not yet in force", _table(publication, coming)) if coming else "",
        blocks("## Drafted, superseded or obsolete", _table(publication, others)) if others else "",
        blocks("## Who relies on them", _relied(publication, current)) if current else "",
    )
    yield Page(PATH, _TITLE, text, contents=False)


def external_documents(publication: Publication) -> list[Artefact]:
    """The entries of documents from outside, by id."""
    found = (a for a in publication.repo.artefacts if a.type.code == _CODE and a.type.kind == "register")
    return sorted(found, key=lambda a: a.id)


def _table(publication: Publication, entries: list[Artefact]) -> str:
    return cards(_HEADS, [_row(publication, entry) for entry in entries])


def _row(publication: Publication, entry: Artefact) -> list[str]:
    data = entry.data
    issuer = plain(data.get("issuer", ""))
    kept = plain(data.get("kept_at", ""))
    return [
        publication.artefact(PATH, entry) + (f"<br>{small(issuer)}" if issuer else ""),
        _label("Edition")
        + plain(data.get("edition", ""))
        + _coming(publication, entry)
        + _superseded(publication, entry),
        _label("Revision") + _standing(publication, entry),
        _label("Kept at") + (f"{kept}<br>Copy: {plain(data['copy'])}" if data.get("copy") else kept),
        _label("Given to") + ", ".join(plain(words(name)) for name in entry.ids("given_to")),
        _label("Checked") + _checked(publication, entry),
        publication.role(PATH, str(data.get("owner", ""))),
    ]


def _label(head: str) -> str:
    """The head of the column again, for screens so narrow that rows are cards."""
    return f'<span class="sms-label">{head}: </span>'


def _standing(publication: Publication, entry: Artefact) -> str:
    """The revision of the entry and its state; of one that is to apply later the day."""
    since = effective_since(entry) if entry.proven else None  # else the state says it
    later = f" {small(f'from {since}')}" if since and since > publication.as_of else ""
    return f"{plain(entry.data.get('revision', ''))} {state_and_next(publication, PATH, entry)}{later}"


def _coming(publication: Publication, entry: Artefact) -> str:
    """The edition that the next revision of the entry names, where it is another."""
    coming = on_its_way(publication, entry)
    if coming is None:
        return ""
    edition = str(as_it_was(publication, coming).data.get("edition", ""))
    if edition == str(entry.data.get("edition", "")):
        return ""
    return f"<br>{small(f'Revision {plain(coming.number)}: {plain(edition)}')}"


def _superseded(publication: Publication, entry: Artefact) -> str:
    by = str(entry.data.get("superseded_by", ""))
    return f"<br>Superseded by {publication.reference(PATH, by)}" if by else ""


def _checked(publication: Publication, entry: Artefact) -> str:
    """When somebody last looked for a newer edition, and by when the next look is due."""
    every, last = duration_in(entry.data.get("check_every")), entry.date("checked_on")
    if last is None:
        return badge("Never", "bad")
    told = f'<span class="sms-nowrap">{last}</span>'
    if every is None or not entry.active:
        return told
    day = every.after(last)
    return f"{told}<br>{small(f'again by {day}')}{overdue(day, publication.as_of)}"


def _relied(publication: Publication, entries: list[Artefact]) -> str:
    rows = []
    for entry in entries:
        by = sorted(publication.repo.incoming.get(entry.id, ()), key=lambda a: a.id)
        named = ", ".join(publication.artefact(PATH, a, plain(a.id)) for a in by)
        rows.append([publication.artefact(PATH, entry), named or "Nothing names it."])
    return cards(["Document", "Named in"], rows)
