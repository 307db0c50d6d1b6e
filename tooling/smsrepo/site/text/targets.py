"""Where the links of authors lead on the site."""

import re
from urllib.parse import quote

from smsrepo.control import settings
from smsrepo.model.links import link_path
from smsrepo.site.publication import Publication

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|//|\\", re.IGNORECASE)
_WEB = frozenset({"http", "https", "mailto", "tel"})
_SETTINGS = {
    settings.ORGANISATION: "index.md",
    settings.CONTROL: "control.md",
    settings.PEOPLE: "roles.md",
    settings.ROLES: "roles.md",
    settings.ASSIGNMENTS: "roles.md",
    settings.WAIVERS: "findings.md",
}
_SAFE = "/:?#@!$&'*+,;=%~.-_"


def target_of(publication: Publication, source: str, page: str, target: str) -> str:
    """The target as it is written on the page; empty where the site has nothing to show."""
    scheme = _SCHEME.match(target)
    if scheme:
        return quote(target, safe=_SAFE) if (scheme[1] or "").lower() in _WEB else ""
    anchor = quote(target.partition("#")[2], safe="%")
    path = link_path(source, target)
    if not path:
        return f"#{anchor}" if anchor else ""
    found = _page_of(publication, path)
    return f"{'../' * page.count('/')}{found}{f'#{anchor}' if anchor else ''}" if found else ""


def picture(publication: Publication, source: str, page: str, target: str) -> str:
    """The address of a picture of the repository; empty for any other, for nothing is loaded from elsewhere."""
    path = link_path(source, target)
    return "../" * page.count("/") + quote(path) if path in publication.images else ""


def _page_of(publication: Publication, path: str) -> str:
    artefact = publication.repo.by_path.get(path)
    if artefact:
        return publication.page_paths[artefact.path]
    if path in publication.shelves:
        return f"{path}/index.md"
    return "requirements/index.md" if path.startswith("sms/requirements/") else _SETTINGS.get(path, "")
