"""Disposes of records: the disposal that remains of them, and the files that go."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from smsrepo.control.lineage import Version
from smsrepo.control.people import Person
from smsrepo.control.replay import Replay
from smsrepo.control.retention import beginning_of, held_by, holds_on, kept_until
from smsrepo.control.seen import Seen
from smsrepo.errors import CannotRunError, UserError
from smsrepo.load.schemas import Schemas
from smsrepo.model.artefact_type import EACH_ITEM, ArtefactType
from smsrepo.model.closest import did_you_mean
from smsrepo.model.repo import Repo
from smsrepo.pack.new import Draft, NewArtefact, write

_LONGEST_TITLE = 200


class Leaving(NamedTuple):
    """A record whose retention ended on a day, with all its files."""

    version: Version
    due: date
    files: tuple[str, ...]


def leaving(replay: Replay, seen: Seen, record: str, on: date) -> Leaving:
    """The record, once it may go; raises UserError before its date, under a legal hold, or for changed files."""
    lineage = replay.lineages.get(record)
    version = lineage.current if lineage else None
    if lineage is None or version is None:
        known = [id_ for id_, one in replay.lineages.items() if one.current and one.current.type.is_record]
        raise UserError(f"there is no record {record} under control", did_you_mean(record, known))
    if not version.type.is_record:
        raise UserError(f"{record} is a document", f"Documents are withdrawn: sms withdraw {record}")
    files = _files(replay, version)
    seen.compare(record, files, replay.tree)
    settings = replay.policy.settings
    until = kept_until(lineage, settings, beginning_of(replay))
    if until is None:
        kept = settings.retention(version.type.name)
        why = f"is still {version.status}" if kept else "is of a type that no class of the schedule names"
        raise UserError(
            f"{record} {why}", "How long it is kept counts from closing, by `retention` in sms/control.yml."
        )
    if on <= until:
        raise UserError(f"{record} is kept until {until}", "It may be disposed of after that day.")
    if hold := held_by(version, holds_on(replay.lineages, date.max)):
        raise UserError(
            f"{record} is under the legal hold {hold.id}", "A hold is lifted first, in a change of its own."
        )
    return Leaving(version, until, files)


def draft(
    repo: Repo, schemas: Schemas, records: Iterable[Leaving], by: Person, reason: str, today: date
) -> Draft:
    """The disposal record over all of them, not yet written."""
    gone = list(records)
    type_ = _disposing(repo)
    pattern = type_.annotations.disposes[0]
    entries = [
        {pattern[-1]: v.id, "type": v.type.name, "digest": v.digest, "due": due.isoformat()}
        for v, due, _ in gone
    ]
    title = f"Disposal of {', '.join(one.version.id for one in gone)}"
    if len(title) > _LONGEST_TITLE:
        title = f"Disposal of {gone[0].version.id} and {len(gone) - 1} more"
    given = {"title": title, "recorded_by": by.id, "reason": reason, pattern[0]: json.dumps(entries)}
    return NewArtefact(repo, schemas, type_, today).draft(given, None)


def carry_out(root: Path, disposal: Draft, records: Iterable[Leaving]) -> list[str]:
    """Write the disposal, then remove the files; the paths of all of them."""
    write(root, disposal)
    removed = [path for one in records for path in one.files]
    for path in removed:
        try:
            (root / path).unlink()
        except OSError as error:
            raise CannotRunError(
                f"{path} could not be removed: {error.strerror}",
                f"Remove it by hand; {disposal.path} names it already.",
            ) from error
    return [disposal.path, *removed]


def _files(replay: Replay, version: Version) -> tuple[str, ...]:
    """The record's own file, and attachments that belong to nothing else."""
    own, *attached = replay.versions.files(version.path)
    alone = [
        path for path in attached if replay.versions.touched_by(path) == {path, own} and path in replay.tree
    ]
    return own, *alone


def _disposing(repo: Repo) -> ArtefactType:
    """The type of record whose schema says that it names what was disposed of, in a list."""
    for type_ in repo.types.values():
        places = type_.annotations.disposes
        if type_.is_record and places and len(places[0]) == 3 and places[0][1] == EACH_ITEM:
            return type_
    raise UserError(
        "there is no type of record for disposals", "Bring schemas/records/disposal.schema.json back."
    )
