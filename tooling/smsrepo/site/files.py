"""Files of the site that are no pages, such as feeds. Each kind has a function; all are named here."""

from collections.abc import Callable, Mapping, Sequence

from smsrepo.site.documents.changes_feed import feed
from smsrepo.site.documents.forwards import forwards
from smsrepo.site.publication import Publication
from smsrepo.site.records.calendar_file import calendar_file

_KINDS: Sequence[Callable[[Publication], Mapping[str, bytes]]] = (feed, forwards, calendar_file)


def files_of(publication: Publication) -> dict[str, bytes]:
    """The bytes of each file by its path on the site. Nothing is read but the publication."""
    return {path: content for kind in _KINDS for path, content in kind(publication).items()}
