"""A site that is published under a name, beside others: which it is, and where it is read."""

from typing import NamedTuple

from smsrepo.control.settings import Settings


class Release(NamedTuple):
    """`baseline` says that it never changes again: the same bytes, whenever it is made."""

    name: str
    baseline: bool


def address(settings: Settings, configured: str | None, name: str = "") -> str:
    """Where a site is read, or its version with a name; ends with a slash, "" where nobody says.

    `configured` is what mkdocs.yml says; without it, the settings of the organisation count, as they are approved.
    """
    base = (configured or settings.site_url).rstrip("/")
    return "".join(f"{part}/" for part in (base, name) if part) if base else ""
