"""followed-not-in-force."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.control.lineage import Lineage, Version
from smsrepo.control.register import Register
from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule

_REVISION = re.compile(r"[A-Z]{2,4}-\d{3,6}@\d+\.\d+")


@register_rule("followed-not-in-force", requirements=["4.3.2-e"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A record says that a revision was followed which did not apply on its day."""
    begun = register.replay.genesis.day
    for lineage in register.lineages.values():
        record = lineage.latest(on)
        day = day_in(record.version.fields.get("recorded_on")) if record else None
        if record is None or not record.version.type.is_record or day is None or day < begun:
            continue  # what applied before control began, nobody can tell from git
        for named in _followed(record.version):
            id_, _, revision = named.partition("@")
            applied = _applied(register.lineages.get(id_), day)
            if revision in applied or _corrected(record.version) & {f"{id_}@{one}" for one in applied}:
                continue
            version = record.version
            yield Flaw(
                version.path,
                f"{version.id} followed {named}, but on {day} {_what(id_, applied)}",
                "Name the revision that was followed. If the record is closed, add a correction that names it, "
                "such as PRO-001@1.1. If an old revision was followed, raise a nonconformity.",
            )


def _applied(lineage: Lineage | None, day: date) -> dict[str, None]:
    """The revisions that applied on a day: the one at its end, and the one with which it began."""
    at = (lineage.in_force(day), lineage.in_force(day - timedelta(days=1))) if lineage else ()
    return {one.version.revision: None for one in at if one and one.version.status == "issued"}


def _what(id_: str, applied: dict[str, None]) -> str:
    return f"revision {' and '.join(applied)} applied" if applied else f"no revision of {id_} applied"


def _followed(version: Version) -> list[str]:
    found = version.fields.get("followed")
    return [named for named in found if isinstance(named, str)] if isinstance(found, list) else []


def _corrected(version: Version) -> set[str]:
    """The revisions that the corrections name."""
    found = version.fields.get("corrections")
    entries = found if isinstance(found, list) else []
    return {
        one
        for entry in entries
        if isinstance(entry, dict)
        for one in _REVISION.findall(str(entry.get("what")))
    }
