"""sms due."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import as_of_option, day_of, find_repository, load_repository
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.control.duty import Due
    from smsrepo.control.register import Register
    from smsrepo.control.settings import Settings
    from smsrepo.export.due_text import Share

_CLOSING = "\nThis issue is kept up to date by `sms due`, and closed when nothing is left."


@click.command("due")
@click.option(
    "--within", default="P30D", metavar="DURATION", help="How far to look ahead, such as P30D or P3M."
)
@click.option(
    "--person", metavar="ID", help="Only what this person must see to, by the id in sms/people.yml."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to print the list.",
)
@click.option("--forge", metavar="NAME", help="Where issues are kept: github.")
@click.option("--issues", is_flag=True, help="Keep one open issue on the forge for everybody who must act.")
@as_of_option
@click.pass_obj
def command(
    directory: Path,
    within: str,
    person: str | None,
    format_: str,
    forge: str | None,
    issues: bool,
    as_of: date | None,
) -> None:
    """List what falls due, by who must act: reviews, approvals, planned steps, ends of agreements and keys.

    What is overdue comes first. Where document control has begun, reviews and approvals are those of the commit that
    is checked out.
    """
    from smsrepo.control.due import due
    from smsrepo.control.settings import Settings

    if issues != bool(forge):
        raise UserError("--forge and --issues belong together", "Name both, or neither.")
    root = find_repository(directory)
    repo, register = load_repository(root), _register(root)
    settings = register.settings if register else Settings(repo)
    day = day_of(repo, as_of)
    until = _horizon(within, day)
    _refuse_unknown(person, settings)
    duties = due(register, repo, day, until)
    if person:
        duties = [one._replace(persons=(person,)) for one in duties if person in one.persons]
    click.echo(_rendered(duties, settings, until, format_), nl=False)
    if forge:
        _keep_issues(forge, duties, settings, until, person)


def _register(root: Path) -> "Register | None":
    """Where documents stand in the commit that is checked out; None where control has not begun."""
    from smsrepo.control.register import register_of
    from smsrepo.git import door
    from smsrepo.load.history import load_history

    commit = door.head(root)
    history = load_history(root, commit) if commit else None
    return register_of(history) if history and history.genesis else None


def _horizon(within: str, day: date) -> date:
    from smsrepo.model.duration import Duration

    try:
        return Duration(within).after(day)
    except ValueError as error:
        raise UserError(
            f"--within: `{within}` is no duration", "Days, weeks, months: P30D, P6W, P3M."
        ) from error


def _refuse_unknown(person: str | None, settings: "Settings") -> None:
    from smsrepo.model.closest import did_you_mean

    if person is not None and person not in settings.people:
        hint = did_you_mean(person, settings.people, "sms/people.yml lists everybody.")
        raise UserError(f"nobody in sms/people.yml is called `{person}`", hint)


def _rendered(duties: "Sequence[Due]", settings: "Settings", until: date, format_: str) -> str:
    from smsrepo.export import due_text

    render = {"text": due_text.text, "markdown": due_text.markdown, "json": due_text.as_json}[format_]
    return render(duties, settings, until)


def _keep_issues(
    forge: str, duties: "Sequence[Due]", settings: "Settings", until: date, person: str | None
) -> None:
    """One issue for each person and one for what nobody is responsible for; closed for all others."""
    from smsrepo.export.due_text import Share, shares
    from smsrepo.forge.forges import connect

    asked = connect(forge, os.environ)
    found = {share.person.id if share.person else "": share for share in shares(duties, settings)}
    for id_ in [person] if person else [*settings.people, ""]:
        share = found.get(id_) or Share(settings.people.get(id_), ())
        account = share.person.accounts.get(forge) if share.person else None
        key = f"person:{id_}" if id_ else "nobody"
        url = asked.put_issue(key, f"Due: {share.name}", _body(share, until), [account] if account else [])
        if url:
            click.echo(f"{'Open' if share.duties else 'Closed'}: {url}")


def _body(share: "Share", until: date) -> str:
    from smsrepo.export.due_text import share_markdown

    if not share.duties:
        return ""
    return f"Until {until}:\n\n{share_markdown(share)}{_CLOSING}\n"
