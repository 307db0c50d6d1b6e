"""Begins document control: what stands now is taken over, and from here on every change is judged."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.control.people import Person
from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.git import door
from smsrepo.load.contents import Contents
from smsrepo.load.history import read_facts
from smsrepo.model.history import Blob, History, Step
from smsrepo.pack.yaml_text import dump

SCHEMA = "sms-genesis/1"
HOW_TO_BEGIN = (
    "Name the people in sms/people.yml and their roles in sms/assignments.yml, let everybody who signs run "
    "sms keys add, commit all of it, then run: sms begin"
)


class Beginning(NamedTuple):
    """The digest over everything that is taken over, and which documents are: ids of those issued and of drafts."""

    digest: str
    issued: tuple[str, ...]
    drafts: tuple[str, ...]
    records: int


def _nothing_changed(_before: str, _after: str) -> int:
    """Before any step there is nothing to compare."""
    return 0


def beginning(root: Path, commit: str) -> Beginning:
    """What control would take over if it began with a commit. The replay itself says, so that they agree later."""
    tree = {entry.path: Blob(entry.mode, entry.blob) for entry in door.tree(root, commit)}
    contents = Contents(root)
    facts = read_facts(root, contents, tree, ())
    now = datetime.min.replace(tzinfo=UTC)
    replay = Replay(History(Step(commit, "", now, now, ()), tree, (), facts, contents, _nothing_changed))
    versions = [lineage.current for lineage in replay.lineages.values() if lineage.current]
    documents = [version for version in versions if not version.type.is_record]
    return Beginning(
        replay.digest_at_genesis(),
        tuple(sorted(version.id for version in documents if version.released)),
        tuple(sorted(version.id for version in documents if not version.released)),
        len(versions) - len(documents),
    )


def genesis_text(digest: str, began_on: date, by: str, statement: str) -> str:
    """sms/genesis.yml."""
    return dump(
        {
            "schema": SCHEMA,
            "digest": digest,
            "began_on": began_on.isoformat(),
            "by": by,
            "statement": statement,
        }
    )


def locked_roles(settings: Settings, on: date) -> list[str]:
    """The roles whose signature a change of policy needs and that no holder of a key has: nothing could be mended."""
    row = settings.policy_row
    roles = row.approvers if row and row.assurance == "signed" else ()
    return [role for role in roles if not any(_has_key(person, on) for person in settings.holders(role, on))]


def _has_key(person: Person, on: date) -> bool:
    return any(key.start <= on and (key.end is None or on <= key.end) for key in person.keys)


def without_key(settings: Settings, on: date) -> Iterator[tuple[str, Person | None]]:
    """The roles whose signature the matrix asks for, each with a holder who has no key today; None: nobody holds it."""
    rows = [row.needed for row in settings.approval_rows]
    rows += [row.minor.needed for row in settings.approval_rows if row.minor]
    rows += [settings.policy_row] if settings.policy_row else []
    roles = dict.fromkeys(role for row in rows if row.assurance == "signed" for role in row.approvers)
    for role in roles:
        holders = settings.holders(role, on)
        if not holders:
            yield role, None
        for person in holders:
            if not _has_key(person, on):
                yield role, person
