"""Withdrawn documents and what they name as their successors."""

from collections.abc import Mapping
from datetime import date

from smsrepo.control.lineage import Revision
from smsrepo.control.register import Register
from smsrepo.rules.control.newest import newest


def withdrawn(register: Register, on: date) -> Mapping[str, Revision]:
    """The newest revisions of the documents that are withdrawn, or are about to be, by id."""
    return {
        lineage.id: latest for lineage, latest in newest(register, on) if latest.version.status == "obsolete"
    }


def circle(id_: str, gone: Mapping[str, Revision]) -> list[str]:
    """The ids one meets from a withdrawn document by its successors, if they lead back to it; empty otherwise."""
    met = [id_]
    while met[-1] in gone:
        following = gone[met[-1]].version.fields.get("successor")
        if following == id_:
            return met
        if not isinstance(following, str) or following in met:
            return []
        met.append(following)
    return []
