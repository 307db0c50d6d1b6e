"""The menu: short, so that it costs every page the same however many records there are."""

from html import escape
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.site.crosswalk_pages import path_of
from smsrepo.site.publication import Publication
from smsrepo.site.requirements import group_title
from smsrepo.site.schedule import PATH as SCHEDULE
from smsrepo.site.schedule import has_schedule
from smsrepo.site.shelves import title_of

_DOCUMENTS = 60
"""Documents that are listed one by one; beyond that only the indexes are."""

_FIRST = ("policies", "plans", "catalog/services")

Menu = list[Any]
"""Paths, and {title: path or menu} – the form MkDocs reads."""


def menu(publication: Publication) -> Menu:
    """Sections in the order in which people look for things."""
    return [
        {"Home": "index.md"},
        {
            "Documents": [
                "register.md",
                *_shelves(publication, "document"),
                {"Open decisions": "decisions.md"},
            ]
        },
        {"Services": _services(publication)},
        {"Agreements": _flat(publication, "agreement") or ["register.md"]},
        {"Roles": "roles.md"},
        {
            "Records": [
                "records/index.md",
                *([{"Schedule of change": SCHEDULE}] if has_schedule(publication) else []),
                *({title_of(f, t): f"{f}/index.md"} for f, t in _of_kind(publication, "record")),
            ]
        },
        {"Conformity": _conformity(publication)},
    ]


def _conformity(publication: Publication) -> Menu:
    clauses = dict.fromkeys(row.requirement.clause[:1] for row in publication.coverage)
    requirements = [
        "requirements/index.md",
        *({escape(group_title(publication, c), quote=False): f"requirements/clause-{c}.md"} for c in clauses),
        *({escape(found.title): path_of(found)} for found in publication.crosswalks if found.entries),
    ]
    return [
        {"Requirements": requirements},
        {"Findings": "findings.md"},
        {"Intervals and approval": "control.md"},
        {"Rules": "rules.md"},
    ]


def _of_kind(publication: Publication, kind: str) -> list[tuple[str, tuple[ArtefactType, ...]]]:
    found = [(folder, types) for folder, types in publication.shelves.items() if types[0].kind == kind]
    return sorted(found, key=lambda shelf: _FIRST.index(shelf[0]) if shelf[0] in _FIRST else len(_FIRST))


def _services(publication: Publication) -> Menu:
    """The catalogue, then the parties."""
    shelves = [*_of_kind(publication, "catalogue"), *_of_kind(publication, "register")]
    menus = [{_name(folder, types): _shelf(publication, folder, types)} for folder, types in shelves]
    return menus or ["register.md"]


def _flat(publication: Publication, kind: str) -> Menu:
    return [
        entry for folder, types in _of_kind(publication, kind) for entry in _shelf(publication, folder, types)
    ]


def _shelves(publication: Publication, kind: str) -> Menu:
    return [
        {_name(folder, types): _shelf(publication, folder, types)}
        for folder, types in _of_kind(publication, kind)
    ]


def _name(folder: str, types: tuple[ArtefactType, ...]) -> str:
    return escape(title_of(folder, types))


def _shelf(publication: Publication, folder: str, types: tuple[ArtefactType, ...]) -> Menu:
    found = [a for type_ in types for a in publication.repo.by_type.get(type_.name, ())]
    listed = found if len(found) <= _DOCUMENTS else []
    return [
        f"{folder}/index.md",
        *({_entry(a): publication.page_paths[a.path]} for a in sorted(listed, key=lambda a: a.id)),
    ]


def _entry(artefact: Artefact) -> str:
    return escape(artefact.title or artefact.path, quote=False)
