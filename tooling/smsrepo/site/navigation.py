"""The menu: short, so that it costs every page the same however many records there are."""

from html import escape
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.site.conformity.crosswalk_pages import path_of
from smsrepo.site.conformity.requirements import group_title
from smsrepo.site.documents import changes, obsolete
from smsrepo.site.documents.external_documents import PATH as EXTERNAL
from smsrepo.site.documents.external_documents import external_documents
from smsrepo.site.documents.glossary import has_glossary
from smsrepo.site.guide.guide_pages import guide_menu
from smsrepo.site.people.responsibilities import PATH as RESPONSIBILITIES
from smsrepo.site.people.responsibilities import processes
from smsrepo.site.publication import Publication
from smsrepo.site.records.actions import PATH as ACTIONS
from smsrepo.site.records.actions import TITLE as ACTIONS_TITLE
from smsrepo.site.records.actions import has_actions
from smsrepo.site.records.calendar_page import PATH as CALENDAR
from smsrepo.site.records.schedule import PATH as SCHEDULE
from smsrepo.site.records.schedule import has_schedule
from smsrepo.site.services.levels import targets_of
from smsrepo.site.services.levels_page import PATH as SERVICE_LEVELS
from smsrepo.site.shelves import title_of
from smsrepo.site.text.glossary_terms import PATH as GLOSSARY

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
                *(
                    [{changes.TITLE: changes.PATH}, {obsolete.TITLE: obsolete.PATH}]
                    if publication.editions
                    else []
                ),
                *([{"External documents": EXTERNAL}] if external_documents(publication) else []),
                *([{"Glossary": GLOSSARY}] if has_glossary(publication) else []),
                {"Open decisions": "decisions.md"},
            ]
        },
        {"Services": _services(publication)},
        {"Agreements": _flat(publication, "agreement") or ["register.md"]},
        {
            "Roles": [
                "roles.md",
                *([{"Responsibilities": RESPONSIBILITIES}] if processes(publication) else []),
            ]
        },
        {"Calendar": CALENDAR},
        {
            "Records": [
                "records/index.md",
                *([{ACTIONS_TITLE: ACTIONS}] if has_actions(publication) else []),
                *([{"Schedule of change": SCHEDULE}] if has_schedule(publication) else []),
                *({_name(f, t): f"{f}/index.md"} for f, t in _of_kind(publication, "record")),
            ]
        },
        {"Conformity": _conformity(publication)},
        {"Guide": guide_menu()},
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


def reading_order(publication: Publication, kind: str) -> list[str]:
    """The folders that hold types of a kind, in the order of the menu."""
    return [folder for folder, _ in _of_kind(publication, kind)]


def _services(publication: Publication) -> Menu:
    """The catalogue, then the parties."""
    shelves = [*_of_kind(publication, "catalogue"), *_of_kind(publication, "register")]
    menus: Menu = [{_name(folder, types): _shelf(publication, folder, types)} for folder, types in shelves]
    if any(targets_of(artefact) for artefact in publication.repo.artefacts):
        menus.insert(1, {"Service levels": SERVICE_LEVELS})
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
