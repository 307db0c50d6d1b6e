"""All pages of the site, from one snapshot: one pure function of small builders, for MkDocs and for folders."""

from collections.abc import Iterator

from smsrepo.site.another_day import of_another_day
from smsrepo.site.conformity.control_page import control_page
from smsrepo.site.conformity.findings import decisions_page, findings_page
from smsrepo.site.conformity.requirements import requirement_pages
from smsrepo.site.conformity.rule_pages import rule_pages
from smsrepo.site.documents.changes import changes_pages
from smsrepo.site.documents.document_page import document_page
from smsrepo.site.documents.external_documents import external_document_pages
from smsrepo.site.documents.glossary import glossary_pages
from smsrepo.site.documents.obsolete import obsolete_pages
from smsrepo.site.documents.register import register_pages
from smsrepo.site.documents.revision_pages import revision_pages
from smsrepo.site.guide.guide_pages import guide_pages
from smsrepo.site.home import home_page
from smsrepo.site.page import Page
from smsrepo.site.people.responsibilities import responsibility_pages
from smsrepo.site.people.roles import roles_page
from smsrepo.site.publication import Publication
from smsrepo.site.records.actions import action_pages
from smsrepo.site.records.calendar_page import calendar_page
from smsrepo.site.records.record_index import records_page
from smsrepo.site.records.record_page import record_page
from smsrepo.site.records.schedule import schedule_pages
from smsrepo.site.services.levels import Levels
from smsrepo.site.services.levels_page import service_levels_pages
from smsrepo.site.shelves import shelf_pages


def pages_of(publication: Publication) -> dict[str, Page]:
    """Every page by its path. Nothing is read but the publication."""
    pages = {page.path: page for page in _pages(publication)}
    return dict(of_another_day(publication, pages)) if publication.another_day else pages


def _pages(publication: Publication) -> Iterator[Page]:
    levels = Levels(publication.repo, publication.as_of)
    yield home_page(publication, levels)
    yield from register_pages(publication)
    for artefact in publication.repo.artefacts:
        if artefact.type.is_record:
            yield record_page(publication, artefact)
        else:
            yield document_page(publication, levels, artefact)
    yield from revision_pages(publication)
    yield from changes_pages(publication)
    yield from obsolete_pages(publication)
    for folder, types in publication.shelves.items():
        yield from shelf_pages(publication, levels, folder, types)
    yield from service_levels_pages(publication, levels)
    yield records_page(publication)
    yield from schedule_pages(publication)
    yield from action_pages(publication)
    yield calendar_page(publication)
    yield roles_page(publication)
    yield from responsibility_pages(publication)
    yield from external_document_pages(publication)
    yield from glossary_pages(publication)
    yield control_page(publication)
    yield from requirement_pages(publication)
    yield findings_page(publication)
    yield decisions_page(publication)
    yield from rule_pages(publication)
    yield from guide_pages(publication)
