"""Documents as they stand on the main branch, approved or not."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.register import Register


def newest(register: Register, on: date) -> Iterator[tuple[Lineage, Revision]]:
    """Every document that lay on the main branch at the end of a day, with its revision there, by id."""
    for id_ in sorted(register.lineages):
        lineage = register.lineages[id_]
        latest = lineage.latest(on)
        if latest and not latest.version.type.is_record:
            yield lineage, latest


def path_of(lineage: Lineage, revision: Revision) -> str:
    """Where a document is now; a revision itself only knows where it came."""
    return (lineage.current or revision.version).path
