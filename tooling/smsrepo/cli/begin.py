"""sms begin."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.acting import commit_option, finish, who_am_i
from smsrepo.cli.common import find_repository, load_repository, rules_for
from smsrepo.errors import CannotRunError, UserError
from smsrepo.model.words import count

if TYPE_CHECKING:
    from datetime import date

    from smsrepo.control.settings import Settings
    from smsrepo.model.repo import Repo

_NOTHING_ISSUED = "No document was issued yet when control began: nothing is taken over on trust."


@click.command("begin")
@click.option(
    "--as",
    "--by",
    "person",
    metavar="PERSON",
    help="Who takes the documents over, by the id in sms/people.yml.",
)
@click.option("--statement", metavar="TEXT", help="What is taken over, and why it may be relied on.")
@click.option("--anyway", is_flag=True, help="Begin even where nobody can approve changes of the settings.")
@commit_option
@click.pass_obj
def command(directory: Path, person: str | None, statement: str | None, anyway: bool, commit: bool) -> None:
    """Begin document control: from here on every change is judged.

    Documents that are issued now are taken over as they stand, in force without proof of their earlier approval.
    """
    from smsrepo.cli.gate import main_tip
    from smsrepo.control.settings import Settings
    from smsrepo.git import door
    from smsrepo.load.history import GENESIS
    from smsrepo.pack.begin import beginning, genesis_text, without_key
    from smsrepo.pack.signing import write_together

    root = find_repository(directory)
    head = _unchanged(root)
    repo = load_repository(root)
    _refuse_errors(root, repo)
    settings, today = Settings(repo), clock.now().date()
    by = who_am_i(root, settings, person)
    begun = beginning(root, head)
    said = statement or (_ask() if begun.issued else _NOTHING_ISSUED)
    _refuse_locked(settings, today, anyway=anyway)
    for role, holder in without_key(settings, today):
        who = f"{holder.name} ({role}) has no key" if holder else f"nobody holds the role {role}"
        click.secho(f"Warning: {who}, but the matrix asks for that signature.", fg="yellow", err=True)
    write_together(root, {GENESIS: genesis_text(begun.digest, today, by.id, said).encode()})
    click.echo(
        f"Taken over: {count(len(begun.issued), 'document')} in force as they stand, without proof of their approval; "
        f"{count(len(begun.drafts), 'draft')}; {count(begun.records, 'record')}."
    )
    finish(root, [GENESIS], "Begin document control", commit=commit)
    if commit and door.head(root) == main_tip(root):
        click.echo("It is on the main branch. Now write, and sign with sms approve.")
    else:
        click.echo(
            "Bring it to the main branch before anything else changes there. Then write, and sign with sms approve."
        )


def _unchanged(root: Path) -> str:
    """The commit whose files are taken over; raises UserError where control has begun or something is not committed."""
    from smsrepo.cli.gate import main_tip
    from smsrepo.git import door
    from smsrepo.git.worktree import uncommitted
    from smsrepo.load.history import GENESIS, load_history
    from smsrepo.load.source import CONTENT_FOLDERS

    head = door.head(root)
    if head is None:
        raise CannotRunError("there is no git history here", "Make one first: git init, then git commit.")
    for commit in dict.fromkeys((head, main_tip(root))):
        begun = load_history(root, commit).genesis
        if begun is not None:
            raise UserError(
                f"document control began on {begun.day} with commit {begun.commit[:10]}",
                "It begins once; sms verify proves it.",
            )
    changed = sorted(path for path in uncommitted(root) if path.partition("/")[0] in CONTENT_FOLDERS)
    if GENESIS in changed:
        raise UserError(
            f"{GENESIS} is there already, not committed", "Commit it, or delete it and begin anew."
        )
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise UserError(
            f"these files are not committed: {', '.join(changed[:3])}{more}",
            "Commit or undo what changed, then begin.",
        )
    return head


def _refuse_errors(root: Path, repo: "Repo") -> None:
    from smsrepo.check import engine
    from smsrepo.cli.common import day_of
    from smsrepo.model.finding import Severity

    report = engine.run(repo, rules_for(root, None).values(), day_of(repo, None))
    if report.fails(Severity.ERROR):
        errors = count(report.count(Severity.ERROR), "error")
        raise UserError(
            f"sms check finds {errors}",
            "Mend what it finds first: what is taken over cannot be mended later.",
        )


def _refuse_locked(settings: "Settings", today: "date", *, anyway: bool) -> None:
    from smsrepo.pack.begin import locked_roles

    roles = [] if anyway else locked_roles(settings, today)
    if roles:
        raise UserError(
            f"changes of settings and keys are approved as {' and '.join(roles)}, and nobody who holds that role has "
            "a key: nobody could ever approve anything, not even a key",
            "Let the holder run sms keys add, better two of them, and commit it. To begin all the same: --anyway.",
        )


def _ask() -> str:
    if not sys.stdin.isatty():
        raise UserError(
            "it is not said what is taken over, and why it may be relied on",
            'Add --statement "Approved on paper by … on …".',
        )
    return str(
        click.prompt(
            "What is taken over, and why may it be relied on (how and by whom it was approved before)"
        )
    )
