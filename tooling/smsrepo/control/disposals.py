"""Records that a disposal names, with what is missing before they may go."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.retention import disposal_lacks, tombstones
from smsrepo.control.settings import Settings


class Gone(NamedTuple):
    """A record that a disposal (an id and its file) names. `lacks` are the roles that have not let it go yet.

    `revision` is None where the record never had the bytes that the disposal names.
    """

    disposal: str
    path: str
    record: str
    revision: Revision | None
    lacks: tuple[str, ...]


def gone(lineages: Mapping[str, Lineage], settings: Settings) -> Iterator[Gone]:
    """Every entry of the disposals that stand in the tree."""
    for lineage in lineages.values():
        for stone in tombstones(lineage.current) if lineage.current else ():
            target = lineages.get(stone.record)
            revision = target.find(stone.digest) if target else None
            kept = settings.retention(revision.version.type.name) if revision else None
            lacks = disposal_lacks(revision, kept) if revision and kept else ("nobody",)
            yield Gone(
                lineage.id, lineage.current.path if lineage.current else "", stone.record, revision, lacks
            )
