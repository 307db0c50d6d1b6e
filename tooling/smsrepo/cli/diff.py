"""sms diff."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import as_of_option
from smsrepo.cli.looking import lineage_of, numbers, revision_of, until_option, view
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.control.lineage import Lineage, Revision


@click.command("diff")
@click.argument("id_", metavar="ID")
@click.argument("before", metavar="[REV1]", required=False)
@click.argument("after", metavar="[REV2]", required=False)
@as_of_option
@until_option
@click.pass_obj
def command(
    directory: Path, id_: str, before: str | None, after: str | None, as_of: date | None, revision: str | None
) -> None:
    """Show word by word what revision REV2 of a document (the newest) changes against REV1.

    Without REV1 that is the revision in force or, where the newest is in force, the approved one before it. On a branch
    it is what is in force on the main branch, as for sms approve.
    """
    from smsrepo.control.document_diff import document_diff
    from smsrepo.export import diff_text

    root, register, on = view(directory, revision, as_of)
    lineage = lineage_of(register, id_)
    if lineage.revisions[0].version.type.is_record:
        raise UserError(
            f"{id_} is a record and has no revisions", f"See what was done to it: sms status {id_}."
        )
    new = revision_of(lineage, after) if after else _newest(lineage, on)
    on_main = None if before or revision else _in_force_on_main(root, id_, on)
    old = revision_of(lineage, before) if before else on_main or _in_force(lineage, on)
    if old.version.digest == new.version.digest and before is None:
        old = lineage.approved_before(new) or old
    if old is new:
        click.echo(
            f"{id_} {new.version.revision} is compared with itself: nothing differs. {_others(lineage)}"
        )
        return
    contents = register.replay.history.contents
    found = document_diff(new.version.path, contents[old.version.blob], contents[new.version.blob])
    click.secho(f"{id_} {old.version.revision} → {new.version.revision}", bold=True)
    click.echo(diff_text.render(found), nl=False)
    for line in _attachments(root, old, new):
        click.echo(line)


def _newest(lineage: "Lineage", on: date) -> "Revision":
    found = lineage.latest(on)
    if found is None:
        raise UserError(f"{lineage.id} was not there on {on}", _others(lineage))
    return found


def _in_force(lineage: "Lineage", on: date) -> "Revision":
    found = lineage.in_force(on)
    if found is None:
        raise UserError(
            f"no revision of {lineage.id} was in force on {on}: nothing to compare with", _others(lineage)
        )
    return found


def _in_force_on_main(root: Path, id_: str, on: date) -> "Revision | None":
    """What is in force on the main branch, where another commit is checked out; None where nothing is known of that."""
    from smsrepo.cli.gate import main_tip
    from smsrepo.control.register import register_of
    from smsrepo.git import door
    from smsrepo.load.history import load_history

    try:
        tip = main_tip(root)
    except UserError:  # a clone that has no such branch
        return None
    history = load_history(root, tip) if tip != door.head(root) else None
    lineage = register_of(history).lineages.get(id_) if history and history.genesis else None
    return lineage.in_force(on) if lineage else None


def _others(lineage: "Lineage") -> str:
    known = numbers(lineage)
    return (
        f"Name two of its revisions: {', '.join(known)}."
        if known[1:]
        else f"Read it whole: sms show {lineage.id}@{known[-1]}."
    )


def _attachments(root: Path, old: "Revision", new: "Revision") -> Iterator[str]:
    before, after = _attached(root, old), _attached(root, new)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            what = "added" if name not in before else "removed" if name not in after else "changed"
            yield f"Attachment {name}: {what}"


def _attached(root: Path, revision: "Revision") -> dict[str, str]:
    """The attachments a revision declares, by their path from its folder, with what git keeps of each."""
    from smsrepo.git import door

    declared = revision.version.fields.get("attachments")
    if not isinstance(declared, list):
        return {}
    files = {entry.path: f"{entry.mode} {entry.blob}" for entry in door.tree(root, revision.commit)}
    folder = PurePosixPath(revision.version.path).parent
    return {str(name): files.get(str(folder / str(name)), "") for name in declared}
