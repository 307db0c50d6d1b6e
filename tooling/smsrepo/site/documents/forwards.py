"""Small files at the permanent addresses of revisions that have no page there: they lead to where the text is read."""

from collections.abc import Mapping
from html import escape

from smsrepo.site.documents.revisions import document_of, has_page, page_of
from smsrepo.site.publication import Publication

_FILE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{name}</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
</head>
<body>
<h1>{name}</h1>
<p><a href="{address}">Read it at its own page.</a></p>
</body>
</html>
"""


def forwards(publication: Publication) -> Mapping[str, bytes]:
    """A first revision is shown by the page of its document alone; its own address leads there."""
    found: dict[str, bytes] = {}
    for editions in publication.editions.values():
        for edition in editions:
            document = document_of(publication, edition)
            if document and not has_page(publication, edition):
                page = page_of(publication, edition)
                address = publication.address(page, publication.page_paths[document.path])
                text = _FILE.format(name=escape(f"{edition.id} {edition.number}"), address=escape(address))
                found[_file(publication, page)] = text.encode()
    return found


def _file(publication: Publication, page: str) -> str:
    """Where an engine would write this page."""
    return page.removesuffix(".md") + ("/index.html" if publication.directory_urls else ".html")
