"""What the commands share that look at the history: the register, a document in it, a revision of that."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from smsrepo.cli import clock
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.control.lineage import Lineage, Revision
    from smsrepo.control.register import Register


class View(NamedTuple):
    """What is looked at: the root (a worktree or a bare repository), where everything stands, the day to judge by."""

    root: Path
    register: "Register"
    on: date


def view(directory: Path, revision: str | None, as_of: date | None) -> View:
    """The register after the history of HEAD, or of a commit. Raises as find_history does."""
    import gc

    from smsrepo.cli.past import find_history
    from smsrepo.control.register import register_of

    gc.disable()  # the process ends soon, and everything loaded is needed until then
    root, history = find_history(directory, revision)
    register = register_of(history)
    return View(root, register, register.settings.day(as_of, clock.today()))


def lineage_of(register: "Register", id_: str) -> "Lineage":
    """The lineage of a document or record by its id; raises UserError where there never was such a one."""
    from smsrepo.model.closest import did_you_mean

    found = register.lineages.get(id_)
    if found is None:
        otherwise = "sms register --all lists the documents. Only what is committed is under control."
        hint = did_you_mean(id_.upper(), register.lineages, otherwise)
        raise UserError(f"there is no document or record `{id_}` under control", hint)
    return found


def revision_of(lineage: "Lineage", number: str) -> "Revision":
    """The revision of a document with a number such as 1.1; raises UserError where it has no such revision."""
    from smsrepo.control.succession import with_number

    found = with_number(lineage, number)
    if found is None:
        listed = ", ".join(numbers(lineage))
        hint = f"There are: {listed}." if listed else "It is a record, and records have no revisions."
        raise UserError(f"{lineage.id} has no revision `{number}`", hint)
    return found


def numbers(lineage: "Lineage") -> list[str]:
    """The revisions a document ever had, by number, in the order in which they entered; none for a record."""
    return list(dict.fromkeys(r.version.revision for r in lineage.revisions if r.version.revision))


def until_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --at of commands that read the history."""
    text = "Read the history up to this commit, branch or tag instead of HEAD."
    return click.option("--at", "revision", metavar="COMMIT", help=text)(function)
