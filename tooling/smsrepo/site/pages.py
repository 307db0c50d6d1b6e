"""All pages of the site, from one snapshot: one pure function of small builders, for MkDocs and for folders."""

from collections.abc import Iterator

from smsrepo.site.control_page import control_page
from smsrepo.site.documents import document_page
from smsrepo.site.findings import decisions_page, findings_page
from smsrepo.site.home import home_page
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records import record_page
from smsrepo.site.register import register_pages
from smsrepo.site.requirements import requirement_pages
from smsrepo.site.roles import roles_page
from smsrepo.site.rule_pages import rule_pages
from smsrepo.site.schedule import schedule_pages
from smsrepo.site.service_levels import Levels
from smsrepo.site.shelves import records_page, shelf_pages


def pages_of(publication: Publication) -> dict[str, Page]:
    """Every page by its path. Nothing is read but the publication."""
    return {page.path: page for page in _pages(publication)}


def _pages(publication: Publication) -> Iterator[Page]:
    levels = Levels(publication.repo)
    yield home_page(publication, levels)
    yield from register_pages(publication)
    for artefact in publication.repo.artefacts:
        if artefact.type.is_record:
            yield record_page(publication, artefact)
        else:
            yield document_page(publication, levels, artefact)
    for folder, types in publication.shelves.items():
        yield from shelf_pages(publication, folder, types)
    yield records_page(publication)
    yield from schedule_pages(publication)
    yield roles_page(publication)
    yield control_page(publication)
    yield from requirement_pages(publication)
    yield findings_page(publication)
    yield decisions_page(publication)
    yield from rule_pages(publication)
