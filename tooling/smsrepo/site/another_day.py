"""Pages of another day than the present one, which nobody may take for what is in force now."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from smsrepo.site.documents.control_block import admonition
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication


def notice(publication: Publication) -> str:
    """What every page of another day says, on screen and on paper; "" of the present."""
    if not publication.another_day:
        return ""
    said = f"As of {publication.as_of}: not the present state"
    if publication.control_began:
        return f"{said}, and not proven"
    return f"{said}, but what is to come" if publication.to_come else said


def meaning(publication: Publication) -> str:
    """What the pages of another day show, for those who can read more than the notice; "" of the present."""
    if publication.to_come:
        return "What will be in force then, by what is approved today, and records as they stand today."
    if began := publication.control_began:
        return (
            f"Document control began on {began}. "
            "This is reconstructed from what was taken over then and from the dates in the files."
        )
    if publication.another_day:
        return "What was in force then, and records as they stood at the end of that day."
    return ""


def of_another_day(publication: Publication, pages: Mapping[str, Page]) -> Iterator[tuple[str, Page]]:
    """The pages with the notice on what is printed; the web is not to find them."""
    said = notice(publication)
    for path, page in pages.items():
        imprint = f"{page.imprint}. {said}" if page.imprint else said
        yield path, replace(page, imprint=imprint, crawled=False)


def with_notice(publication: Publication, pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages with the notice in their text, for engines that have no theme of ours to put it above each page."""
    if not publication.another_day:
        return dict(pages)
    box = admonition("warning", notice(publication), meaning(publication))
    return {path: replace(page, markdown=f"{box}\n\n{page.markdown.strip()}") for path, page in pages.items()}
