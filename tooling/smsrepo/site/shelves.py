"""Index pages: what lies in one folder. Records newest first, open ones before closed ones."""

from collections.abc import Iterable, Iterator, Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.newest import newest_first
from smsrepo.model.words import count
from smsrepo.site.documents.register import AT_ONCE, entries_table, register_of
from smsrepo.site.documents.unproven import missing_box
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.services.agreements import agreements_table
from smsrepo.site.services.graph import overview
from smsrepo.site.services.levels import Levels
from smsrepo.site.services.service_index import services_table
from smsrepo.site.state import badge_of
from smsrepo.site.text.markup import blocks, bullets, plain, rest, small, still_open, table, words

_TITLES = {"catalog": "Catalogue"}


def title_of(folder: str, types: Sequence[ArtefactType]) -> str:
    """What the folder holds, in the words of its types."""
    if len(types) == 1 and types[0].kind != "document":
        return types[0].plural
    if types[0].kind == "agreement":
        return "Agreements"
    parent, _, name = folder.rpartition("/")
    return f"Plans for {name}" if parent == "plans" else _TITLES.get(folder, words(name))


def shelf_pages(
    publication: Publication, levels: Levels, folder: str, types: Sequence[ArtefactType]
) -> Iterator[Page]:
    """The index of a folder."""
    title = title_of(folder, types)
    path = f"{folder}/index.md"
    records = [type_ for type_ in types if type_.is_record]
    if records:
        found = _newest(a for type_ in records for a in publication.repo.by_type.get(type_.name, ()))
        yield Page(
            path,
            title,
            _record_index(publication, path, title, types, found),
            contents=False,
        )
        for number, start in enumerate(range(AT_ONCE, len(found), AT_ONCE), 2):
            older = f"{folder}/older-{number}.md"
            text = blocks(
                f"# {plain(title)}, page {number}",
                _record_table(publication, older, found[start : start + AT_ONCE]),
            )
            yield Page(older, f"{title}, page {number}", text, searchable=False, contents=False)
        return
    parts = [missing_box(publication, path, types)]
    parts += [_type_part(publication, levels, path, type_, alone=len(types) == 1) for type_ in types]
    graph = overview(publication, path) if any(type_.name == "service" for type_ in types) else ""
    yield Page(path, title, blocks(f"# {plain(title)}", *parts, graph), contents=False)


def _type_part(
    publication: Publication, levels: Levels, page: str, type_: ArtefactType, *, alone: bool
) -> str:
    found = sorted(publication.repo.by_type.get(type_.name, ()), key=lambda a: a.id)
    listed = _listed(publication, levels, page, type_, found[:AT_ONCE]) if found else "None yet."
    more = publication.to(page, register_of(publication, type_), rest(len(found), AT_ONCE))
    return blocks(
        "" if alone else f"## {plain(type_.plural)}",
        _definition(type_),
        listed,
        more if len(found) > AT_ONCE else "",
    )


def _definition(type_: ArtefactType) -> str:
    """What it is: the first sentence of the schema. The others tell those who write when to make one."""
    first, stop, _ = type_.description.partition(". ")
    return small(plain(first + stop.rstrip()))


def _listed(
    publication: Publication, levels: Levels, page: str, type_: ArtefactType, found: Sequence[Artefact]
) -> str:
    """Services and agreements with what people ask of them first; anything else as in the register."""
    if type_.name == "service":
        return services_table(publication, levels, page, found)
    if type_.kind == "agreement":
        return agreements_table(publication, levels, page, found)
    return entries_table(publication, page, found)


def _newest(records: Iterable[Artefact]) -> list[Artefact]:
    return sorted(newest_first(records), key=lambda a: a.closed)


def _record_index(
    publication: Publication,
    page: str,
    title: str,
    types: Sequence[ArtefactType],
    found: Sequence[Artefact],
) -> str:
    total, shown = len(found), found[:AT_ONCE]
    number_open = sum(not artefact.closed for artefact in found)
    told = f"{count(total, 'record')}{f', {still_open(number_open)}' if types[0].closed else ''}."
    older = [
        publication.to(page, f"{types[0].folder}/older-{number}.md", f"Older records, page {number}")
        for number in range(2, (total - 1) // AT_ONCE + 2)
    ]
    return blocks(
        f"# {plain(title)}", _definition(types[0]), missing_box(publication, page, types), told,
        _record_table(publication, page, shown) if shown else "None yet.", bullets(older),
    )  # fmt: skip


def _record_table(publication: Publication, page: str, records: Sequence[Artefact]) -> str:
    rows = [
        [
            publication.artefact(page, a, plain(a.id)),
            plain(a.title),
            badge_of(publication, a),
            plain(a.data.get("recorded_on", "")),
        ]
        for a in records
    ]
    return f'<div class="sms-register" markdown>\n\n{table(["Id", "Title", "Status", "Recorded"], rows)}\n\n</div>'
