"""sms status."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import as_of_option
from smsrepo.cli.looking import View, lineage_of, until_option, view
from smsrepo.errors import UserError
from smsrepo.model.words import few

if TYPE_CHECKING:
    from smsrepo.control.register import Register


@click.command("status")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@as_of_option
@until_option
@click.pass_obj
def command(directory: Path, ids: tuple[str, ...], as_of: date | None, revision: str | None) -> None:
    """Show which documents are not simply in force and in order, and what is to be done about them.

    With IDs, tell all about these documents or records: who approved them, what is missing, every revision.
    """
    from smsrepo.export import overview_text

    seen = view(directory, revision, as_of)
    register = seen.register
    lineages = [lineage_of(register, id_) for id_ in dict.fromkeys(ids)]
    if not lineages:
        click.echo(overview_text.overview(register, seen.on), nl=False)
    for number, lineage in enumerate(lineages):
        if number:
            click.echo()
        click.echo(_told(register, lineage.id, seen.on), nl=False)
    if revision is None:
        for line in _reservations(seen, [lineage.id for lineage in lineages] or register.lineages):
            click.echo(line)


def _reservations(seen: View, ids: Iterable[str]) -> Iterator[str]:
    """What a reader of HEAD has to know beside it."""
    from smsrepo.git import door

    main = door.default_branch(seen.root)
    try:
        ahead = door.head(seen.root) != door.resolve(seen.root, main)
    except UserError:  # a clone that has no branch of that name
        ahead = False
    if ahead:
        yield f"This is judged from HEAD, which is not {main}: approvals count once they are on {main}."
    differing = list(_uncommitted(seen, ids))
    if differing:
        yield f"Not committed: {few(differing)}. What is said above is judged from HEAD."


def _told(register: "Register", id_: str, on: date) -> str:
    from smsrepo.control.succession import seen_by
    from smsrepo.export import standing_text

    lineage = register.lineages[id_]
    first = lineage.revisions[0]
    if not seen_by(lineage, on):
        raise UserError(
            f"there was no `{id_}` on {on} yet; it entered on {first.entered.date()}",
            "Name a later day with --as-of.",
        )
    if first.version.type.is_record:
        return standing_text.record(lineage, on)
    standing = register.standing(id_, on)
    if standing is None:
        gone = lineage.gone.date() if lineage.gone else on
        return f"{id_}: a draft that was deleted on {gone}; it was never in force.\n"
    return standing_text.document(register, standing, on)


def _uncommitted(seen: View, ids: Iterable[str]) -> Iterator[str]:
    """The files of some documents and records that differ from HEAD; line ends of Windows do not count."""
    from hashlib import sha256

    from smsrepo.load.source import find_root

    if find_root(seen.root) != seen.root:  # a bare repository has nothing that is not committed
        return
    replay = seen.register.replay
    for id_ in ids:
        version = seen.register.lineages[id_].current
        for path in replay.versions.files(version.path) if version else ():
            known = replay.tree.get(path)
            file = seen.root / path
            if known is None or file.is_symlink() or not file.is_file():
                yield path
                continue
            content, wanted = file.read_bytes(), replay.history.facts[known.id].sha256
            if wanted not in {sha256(raw).hexdigest() for raw in (content, content.replace(b"\r\n", b"\n"))}:
                yield path
