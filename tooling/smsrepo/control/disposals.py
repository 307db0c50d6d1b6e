"""What disposal records say: which record went, with which digest, and whether its disposal was approved."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smsrepo.control.lineage import Lineage
from smsrepo.model.walk import values_at


class Tombstone(NamedTuple):
    """The entry of a disposal (an id and its file) about one record. `approved`: an act lets exactly these bytes go."""

    disposal: str
    path: str
    record: str
    digest: str
    approved: bool


def tombstones(lineages: Mapping[str, Lineage]) -> Iterator[Tombstone]:
    """Every entry of the disposals that stand in the tree. Types say by annotation where they name what goes."""
    for lineage in lineages.values():
        version = lineage.current
        for pattern in version.type.annotations.disposes if version else ():
            for _, entry in values_at(version.fields if version else {}, pattern[:-1]):
                record, digest = (str(entry.get(name, "")) for name in (pattern[-1], "digest"))
                target = lineages.get(record)
                revision = target.find(digest) if target else None
                approved = any(act.action == "dispose" for act in revision.acts) if revision else False
                yield Tombstone(lineage.id, version.path if version else "", record, digest, approved)
