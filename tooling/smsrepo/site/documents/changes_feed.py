"""What changed, as a feed (Atom, RFC 4287) that any reader of news can follow."""

import re
import uuid
from collections.abc import Mapping
from datetime import date
from xml.etree import ElementTree

from smsrepo.control.settings import ORGANISATION
from smsrepo.site.documents.changes import FEED, TITLE, Change, last_year
from smsrepo.site.documents.changes import PATH as PAGE
from smsrepo.site.documents.revisions import CHANGES, has_page, page_of
from smsrepo.site.publication import Publication

_AT_MOST = 100
_NAMESPACE = "http://www.w3.org/2005/Atom"
_TOLD = {
    "new": "in force for the first time",
    "revised": "in force",
    "withdrawn": "withdrawn",
    "taken back": "approval taken back",
}
# Characters that YAML can write with an escape, and XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(publication: Publication) -> Mapping[str, bytes]:
    """The feed at its path; none before document control began.

    Ids follow from the repository's own id, so that they stay the same wherever the site is read.
    """
    if not publication.editions:
        return {}
    found = last_year(publication)[:_AT_MOST]
    organisation = publication.repo.setting(ORGANISATION).get("organisation", {})
    name = str(organisation.get("name", "") or "The organisation")
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE})
    _add(root, "title", f"{organisation.get('short_name') or name}: {TITLE.lower()}")
    _add(root, "id", _id(publication, "feed"))
    _add(root, "updated", _moment(found[0].on if found else publication.as_of))
    _add(_add(root, "author"), "name", name)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=_address(publication, PAGE))
    if publication.site_url:
        ElementTree.SubElement(
            root, "link", rel="self", type="application/atom+xml", href=publication.site_url + FEED
        )
    for change in found:
        _entry(publication, root, change)
    ElementTree.indent(root)
    return {FEED: ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)}


def _entry(publication: Publication, root: ElementTree.Element, change: Change) -> None:
    edition = change.edition
    entry = _add(root, "entry")
    _add(entry, "title", f"{edition.id} {edition.number} {edition.title}: {_TOLD[change.what]}")
    _add(entry, "id", _id(publication, f"{edition.id} {edition.number} {change.what}"))
    _add(entry, "updated", _moment(change.on))
    ElementTree.SubElement(
        entry, "link", rel="alternate", type="text/html", href=_read_at(publication, change)
    )
    _add(entry, "summary", change.said or _TOLD[change.what])


def _read_at(publication: Publication, change: Change) -> str:
    """Where it is told what the revision changed or, of a first one, its text."""
    document = publication.repo.find(change.edition.id)
    if has_page(publication, change.edition) or document is None:
        where = _address(publication, page_of(publication, change.edition))
        return f"{where}#{CHANGES}" if change.edition.before else where
    return _address(publication, publication.page_paths[document.path])


def _address(publication: Publication, page: str) -> str:
    """Absolute where it is known where the site is read, else from the feed."""
    return publication.site_url + publication.address("index.md", page)


def _id(publication: Publication, name: str) -> str:
    own = publication.settings.repository
    try:
        base = uuid.UUID(own)
    except ValueError:  # a repository whose settings do not fit
        base = uuid.uuid5(uuid.NAMESPACE_OID, own)
    return uuid.uuid5(base, name).urn


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = _FORBIDDEN.sub("", text) or None
    return element
