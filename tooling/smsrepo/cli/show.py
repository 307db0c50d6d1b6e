"""sms show."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import as_of_option
from smsrepo.cli.looking import lineage_of, numbers, revision_of, until_option, view
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.control.lineage import Lineage, Revision


@click.command("show")
@click.argument("document", metavar="ID")
@click.argument("which", metavar="[REV]", required=False)
@as_of_option
@until_option
@click.pass_obj
def command(
    directory: Path, document: str, which: str | None, as_of: date | None, revision: str | None
) -> None:
    """Print a document as its bytes are in the history: the revision in force, or another, such as POL-001 1.0.

    The document goes to standard output, a line about its state to standard error.
    """
    _, register, on = view(directory, revision, as_of)
    id_, _, number = document.partition("@")
    if which and number not in ("", which):
        raise UserError(f"two revisions are named, {number} and {which}", f"Name one: sms show {id_} {which}")
    number = number or which or ""
    lineage = lineage_of(register, id_)
    found = revision_of(lineage, number) if number else _shown(lineage, on)
    click.echo(_note(lineage, found, on), err=True)
    click.echo(register.replay.history.contents[found.version.blob], nl=False)


def _shown(lineage: "Lineage", on: date) -> "Revision":
    """The revision in force; of a record what stands, or stood before it was deleted."""
    from smsrepo.control.succession import seen_by

    if lineage.revisions[0].version.type.is_record:
        found = next(reversed(seen_by(lineage, on)), None)
    else:
        found = lineage.in_force(on)
    if found is None:
        known = numbers(lineage)
        hint = (
            f"Name a revision, such as {lineage.id} {known[-1]}. There are: {', '.join(known)}."
            if known
            else ""
        )
        what = f"no revision of {lineage.id} was in force" if known else f"{lineage.id} was not there"
        raise UserError(f"{what} on {on}", hint)
    return found


def _note(lineage: "Lineage", revision: "Revision", on: date) -> str:
    from smsrepo.control.register import State, state_of
    from smsrepo.control.succession import period, seen_by, since

    version = revision.version
    if version.type.is_record:
        gone = f", deleted on {lineage.gone.date()}" if lineage.gone else ""
        return f"{lineage.id}, {version.status}, as it entered on {revision.entered.date()}{gone}"
    name, state = f"{lineage.id} {version.revision}", state_of(lineage, revision, on)
    if revision not in seen_by(lineage, on):
        return f"{name}, entered on {revision.entered.date()}, after {on}"
    applied = period(lineage, revision, on)
    if state is State.SUPERSEDED and applied and applied.successor:
        return f"{name}, superseded on {applied.end} by {applied.successor.version.revision}"
    if state is State.APPROVED:
        return f"{name}, approved, applies from {revision.start}"
    if state is State.REVOKED:
        return f"{name}, its approval was taken back on {revision.ended.date() if revision.ended else on}"
    return (
        f"{name}, {state} since {since(lineage, revision, on)}"
        if applied
        else f"{name}, {state}: not in force"
    )
