"""All pages of the site, from one snapshot: one pure function of small builders."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smsrepo.check.engine import Report
from smsrepo.conformity.coverage import Covered
from smsrepo.control.settings import Settings
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Rule
from smsrepo.site.control_page import control_page
from smsrepo.site.documents import document_page
from smsrepo.site.findings import decisions_page, findings_page
from smsrepo.site.home import home_page
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records import record_page
from smsrepo.site.register import register_page
from smsrepo.site.requirements import requirement_pages
from smsrepo.site.roles import roles_page
from smsrepo.site.rule_pages import rule_pages
from smsrepo.site.service_levels import Levels
from smsrepo.site.shelves import records_page, shelf_pages


def pages(
    repo: Repo,
    report: Report,
    coverage: Sequence[Covered],
    settings: Settings,
    rules: Mapping[str, Rule],
    as_of: date,
) -> dict[str, Page]:
    """Every page by its path."""
    return pages_of(Publication(repo, report, coverage, settings, rules, as_of))


def pages_of(publication: Publication) -> dict[str, Page]:
    """Every page of a publication by its path."""
    return {page.path: page for page in _pages(publication)}


def _pages(publication: Publication) -> Iterator[Page]:
    levels = Levels(publication.repo)
    yield home_page(publication, levels)
    yield register_page(publication)
    for artefact in publication.repo.artefacts:
        if artefact.type.is_record:
            yield record_page(publication, artefact)
        else:
            yield document_page(publication, levels, artefact)
    for folder, types in publication.shelves.items():
        yield from shelf_pages(publication, folder, types)
    yield records_page(publication)
    yield roles_page(publication)
    yield control_page(publication)
    yield from requirement_pages(publication)
    yield findings_page(publication)
    yield decisions_page(publication)
    yield from rule_pages(publication)
