"""What each type of document and record holds, from its schema: the same as `sms explain TYPE` says."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from smsrepo.load.schema_files import SchemaFiles
from smsrepo.load.shapes import Part, conditions, parts_of, words_of
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.words import count
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, bullets, code, link, plain, small, table, trail, with_code

PATH = "guide/types.md"
_KINDS = {
    "document": "Documents", "agreement": "Agreements", "catalogue": "Service catalogue",
    "register": "Entries of registers", "record": "Records",
}  # fmt: skip


def type_pages(publication: Publication) -> Iterator[Page]:
    """The list of types by kind, and a page for each. They are no part of the search: staff look for the documents."""
    types = sorted(publication.repo.types.values(), key=lambda t: ([*_KINDS].index(t.kind), t.name))
    names = publication.type_names
    parts = []
    for kind, found in groupby(types, key=lambda t: t.kind):
        rows = [
            [link(code(t.name), f"types/{names[t.name]}.md"), plain(t.title), plain(t.description)]
            for t in found
        ]
        parts.append(blocks(f"## {_KINDS[kind]}", table(["Type", "Title", "What it is for"], rows)))
    head = "# Types and fields\n\nWhat each type is for, and what its files hold. `sms new TYPE` makes one."
    yield Page(PATH, "Types and fields", blocks(head, *parts), searchable=False)
    files = SchemaFiles(publication.repo.schemas)
    titles = {name: found.title for name, found in publication.repo.types.items()}
    for type_ in types:
        yield _type_page(publication, type_, files, titles)


def _type_page(
    publication: Publication, type_: ArtefactType, files: SchemaFiles, titles: Mapping[str, str]
) -> Page:
    path = f"guide/types/{publication.type_names[type_.name]}.md"
    sections = [[plain(s.title), count(s.min_words, "word"), plain(s.help)] for s in type_.sections]
    rules = [
        f"{publication.rule(path, rule.id)}: {plain(rule.summary)}"
        for rule in publication.rules.values()
        if type_.name in rule.reads
    ]
    text = blocks(
        trail(link("Guide", "../index.md"), link("Types and fields", "../types.md")),
        f"# {plain(type_.title)}",
        plain(type_.description),
        table(["", ""], _facts(publication, path, type_)),
        "## Fields",
        fields_table(_fields(type_, files, titles)),
        blocks("## Sections", table(["Section", "At least", "What it says"], sections)) if sections else "",
        _serves(publication, path, type_),
        blocks("## Judged by", bullets(rules)) if rules else "",
    )
    return Page(path, f"{type_.title}: type and fields", text, type_.schema_path, searchable=False)


def _facts(publication: Publication, page: str, type_: ArtefactType) -> Iterator[list[str]]:
    number = "YYYY-NNNN" if type_.is_record else "NNN"
    yield ["Type", code(type_.name)]
    yield ["Files", code(f"{type_.folder}/{type_.prefix}-{number}-…{type_.suffix}")]
    yield ["Make one", code(f"sms new {type_.name}")]
    if type_.is_record:
        kept = publication.settings.retention(type_.name)
        yield [
            "Kept",
            f"{kept.period.words} after it is {plain(kept.trigger)}" if kept else "in no class yet",
        ]
    else:
        row = publication.settings.approval_row(type_.name, "")
        roles = [publication.role(page, role) for role in row.needed.approvers] if row else []
        yield ["Approved by", " and ".join(roles) or "nobody can: there is no row for it"]
    yield ["All of them", publication.kept(page, type_)]


def _fields(type_: ArtefactType, files: SchemaFiles, titles: Mapping[str, str]) -> Iterator[list[str]]:
    when = conditions(files, type_.schema_path)
    for field in type_.fields:
        asked = (
            "always" if field.required else "; or ".join(f"when {one}" for one in when.get(field.name, ()))
        )
        holds = words_of(files, field.schema, field.base, titles)
        yield _row("", field.name, holds, asked, field.description)
        yield from part_rows(parts_of(files, field.schema, field.base, titles), f"{field.name} ›")


def fields_table(rows: Iterable[list[str]]) -> str:
    """Fields, one a row."""
    return table(["Field", "Holds", "What for"], rows)


def part_rows(parts: Iterable[Part], above: str = "") -> Iterator[list[str]]:
    """Rows for the fields of a map, named by the way to them; those of a map like one before are not repeated."""
    shown: dict[tuple[Part, ...], str] = {}
    for each in parts:
        like = shown.setdefault(each.parts, each.name) if each.parts else each.name
        holds = each.words if like == each.name else f"{each.words}, with the same fields as `{like}`"
        yield _row(above, each.name, holds, "always" if each.needed else "", each.description)
        if like == each.name:
            yield from part_rows(each.parts, f"{above} {each.name} ›".lstrip())


def _row(above: str, name: str, holds: str, needed: str, description: str) -> list[str]:
    way = f"{small(plain(above))} " if above else ""
    asked = f"<br>{small(plain(f'needed {needed}'))}" if needed else ""
    return [f"{way}{code(name)}", f"{with_code(holds)}{asked}", plain(description)]


def _serves(publication: Publication, page: str, type_: ArtefactType) -> str:
    ids = [
        *type_.requirements,
        *(id_ for evidence in type_.evidence for id_ in evidence.requirements),
        *(id_ for section in type_.sections for id_ in section.requirements),
    ]
    rows = ", ".join(publication.requirement(page, id_) for id_ in dict.fromkeys(ids))
    return blocks("## Serves", rows) if ids else ""
