"""Index pages: what lies in one folder. Records newest first, open ones before closed ones."""

from collections.abc import Iterable, Iterator, Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.words import count
from smsrepo.site.graph import overview
from smsrepo.site.markup import blocks, bullets, plain, rest, small, still_open, table, words
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.register import AT_ONCE, entries_table, register_of
from smsrepo.site.schedule import PATH as SCHEDULE
from smsrepo.site.schedule import has_schedule
from smsrepo.site.state import badge_of


def title_of(folder: str, types: Sequence[ArtefactType]) -> str:
    """What the folder holds, in the words of its types."""
    if len(types) == 1 and types[0].kind != "document":
        return types[0].plural
    return "Agreements" if types[0].kind == "agreement" else words(folder.rpartition("/")[2])


def shelf_pages(publication: Publication, folder: str, types: Sequence[ArtefactType]) -> Iterator[Page]:
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
    parts = [_type_part(publication, path, type_, alone=len(types) == 1) for type_ in types]
    graph = overview(publication, path) if any(type_.name == "service" for type_ in types) else ""
    yield Page(path, title, blocks(f"# {plain(title)}", *parts, graph), contents=False)


def _type_part(publication: Publication, page: str, type_: ArtefactType, *, alone: bool) -> str:
    found = sorted(publication.repo.by_type.get(type_.name, ()), key=lambda a: a.id)
    listed = entries_table(publication, page, found[:AT_ONCE]) if found else "None yet."
    more = publication.to(page, register_of(type_), rest(len(found), AT_ONCE))
    return blocks(
        "" if alone else f"## {plain(type_.plural)}",
        small(plain(type_.description)),
        listed,
        more if len(found) > AT_ONCE else "",
    )


def _newest(records: Iterable[Artefact]) -> list[Artefact]:
    ordered = sorted(records, key=lambda a: (str(a.data.get("recorded_on", "")), a.id), reverse=True)
    return sorted(ordered, key=lambda a: a.closed)


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
        f"# {plain(title)}", small(plain(types[0].description)), told,
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


def records_page(publication: Publication) -> Page:
    """All kinds of record with their numbers."""
    path = "records/index.md"
    rows = []
    for type_ in publication.of_kind("record"):
        found = publication.repo.by_type.get(type_.name, ())
        number_open = sum(not a.closed for a in found) if type_.closed else 0
        latest = max((str(a.data.get("recorded_on", "")) for a in found), default="")
        name = publication.to(path, f"{type_.folder}/index.md", plain(type_.plural))
        rows.append([name, f"{len(found):,}", f"{number_open:,}" if type_.closed else "–", plain(latest)])
    head = "# Records\n\nRecords are evidence of what happened. A closed record changes only by an added correction."
    link = publication.to(path, SCHEDULE, "Schedule of change")
    schedule = f"{link}: what is approved and when it is made." if has_schedule(publication) else ""
    return Page(
        path,
        "Records",
        blocks(head, schedule, table(["Kind of record", "Records", "Open", "Latest"], rows)),
        contents=False,
    )
