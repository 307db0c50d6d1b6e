"""PDFs of documents and of the effective set, made of the pages of the site."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from smsrepo.control.editions import Edition
from smsrepo.control.lifecycle import in_force
from smsrepo.errors import UserError
from smsrepo.model.artefact import Artefact
from smsrepo.site.documents.register import PATH as REGISTER
from smsrepo.site.documents.revisions import document_of, is_here, page_of
from smsrepo.site.edition import today
from smsrepo.site.navigation import reading_order
from smsrepo.site.page import Page
from smsrepo.site.pdf.cover import Set, cover, digests
from smsrepo.site.pdf.paper_text import text_of
from smsrepo.site.pdf.press import pdf_of
from smsrepo.site.pdf.sheet import About, Printing, Sheet, html_of
from smsrepo.site.publication import Publication

SET = "effective-set.pdf"
"""The effective set, at the root of the site."""

_SET_KINDS = ("document", "agreement")


@dataclass(frozen=True, eq=False)
class Printer:
    """Makes the PDFs of one publication. `pages` and `pictures` are those of the site, `made` is the day it is.

    The same publication and day give the same bytes. `commit` is the one that was read, "" where there is none.
    """

    publication: Publication
    pages: Mapping[str, Page]
    pictures: Mapping[str, Path | bytes]
    made: date
    commit: str = ""

    def document(self, artefact: Artefact) -> bytes:
        """The PDF of a document, an entry or a record as its own page shows it."""
        page = self.pages[self.publication.page_paths[artefact.path]]
        return self._one(self._sheet(artefact.id, page, artefact.data))

    def revision(self, edition: Edition) -> bytes:
        """The PDF of one revision of a document, marked with where it stands."""
        found = document_of(self.publication, edition)
        if found and is_here(self.publication, edition):
            return self.document(found)
        page = self.pages[page_of(self.publication, edition)]
        return self._one(self._sheet(edition.id, page, edition.version.fields))

    def effective_set(self) -> bytes:
        """One PDF of all documents and agreements in force: cover, contents with page numbers, texts, digests."""
        found = effective(self.publication)
        paths = self.publication.page_paths
        sheets = [self._sheet(a.id, self.pages[paths[a.path]], a.data) for a in found]
        about = About(
            f"Effective set of the service management system, {self.publication.as_of}",
            self.publication.settings.organisation,
            [str(self.publication.as_of), *([self.commit] if self.commit else [])],
        )
        whole = Set(self.publication, self._printing, found, sheets, self.commit)
        return self._press(html_of(self._printing, about, sheets, cover(whole), digests(whole)))

    def _one(self, sheet: Sheet) -> bytes:
        about = About(sheet.label, sheet.author or self._printing.organisation, sheet.imprint.split(", "))
        return self._press(html_of(self._printing, about, [sheet]))

    def _sheet(self, id_: str, page: Page, data: Mapping[str, object]) -> Sheet:
        owner = self.publication.settings.roles.get(str(data.get("owner", "")))
        return Sheet(
            text_of(page),
            f"{id_} {page.title}".strip(),
            page.imprint,
            page.classification,
            owner.name if owner else "",
            page.watermark,
        )

    @property
    def _printing(self) -> Printing:
        return Printing(self.publication.settings.organisation, self.publication.as_of, self.made)

    def _press(self, html: str) -> bytes:
        return pdf_of(html, self.pictures)


def effective(publication: Publication) -> list[Artefact]:
    """The documents and agreements in force, in the order of the menu; registers and records are for the screen."""
    folders = [folder for kind in _SET_KINDS for folder in reading_order(publication, kind)]
    found = (a for a in publication.repo.artefacts if a.type.kind in _SET_KINDS)
    return sorted(
        (a for a in found if in_force(a, publication.as_of) and a.status != "obsolete"),
        key=lambda a: (folders.index(a.type.folder), a.id),
    )


def file_name(id_: str, number: str) -> str:
    """POL-001-1.0.pdf, or INC-2026-0001.pdf for what has no revisions."""
    return f"{id_}-{number}.pdf" if number else f"{id_}.pdf"


def place_of(publication: Publication, artefact: Artefact) -> str:
    """Where the PDF of a document lies on the site: in the folder of its page."""
    home = publication.page_paths[artefact.path].removesuffix(".md")
    return f"{home}/{file_name(home.rpartition('/')[2], str(artefact.data.get('revision', '')))}"


def site_files(printer: Printer) -> Iterator[tuple[str, bytes]]:
    """The PDFs of the site by path: each document and agreement in force, and the effective set."""
    for artefact in effective(printer.publication):
        yield place_of(printer.publication, artefact), printer.document(artefact)
    yield SET, printer.effective_set()


def with_links(publication: Publication, pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages with links to their PDFs; the register links to the effective set."""
    found = {publication.page_paths[a.path]: place_of(publication, a) for a in effective(publication)}
    found[REGISTER] = SET
    return {path: replace(page, pdf=found[path]) if path in found else page for path, page in pages.items()}


def made_on() -> date:
    """Today in UTC, or the day that SOURCE_DATE_EPOCH names, as builds do that are to be repeated byte by byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else today()
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(f"SOURCE_DATE_EPOCH holds no seconds since 1970: {epoch}") from error
