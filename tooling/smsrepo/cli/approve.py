"""sms approve."""

from pathlib import Path

import click

from smsrepo.cli.acting import How, all_or_none, sign, signing_options, sit_down, without_outdated


@click.command("approve")
@click.argument("names", nargs=-1, metavar="[ID]...")
@signing_options
@click.pass_obj
def command(directory: Path, names: tuple[str, ...], how: How) -> None:
    """Approve documents, policy files (by path) and disposals, with your own signature.

    Without an ID: everything committed on this branch, or waiting on the main branch, that an approval of yours
    would bring on. You see what you sign, word by word, before you are asked.
    """
    sitting, names = without_outdated(sit_down(directory, how), names, "approve")
    if names:
        matters = all_or_none(names, sitting.desk.approve)
        _refuse_withdrawals([m.subject.name for m in matters if m.action == "withdraw"])
    else:
        waiting, left_out = sitting.desk.waiting()
        matters = [matter for matter in waiting if matter.action != "withdraw"]
        for matter in waiting:
            if matter.action == "withdraw":
                click.echo(f"{matter.name} waits for its withdrawal: sms withdraw {matter.subject.name}")
        if not matters:
            click.echo(f"Nothing waits for an approval by {sitting.desk.person.name}.")
        for error in left_out:
            click.echo(f"Left out: {error.message}. {error.hint}".rstrip())
        if not matters:
            return
    sign(sitting, matters)


def _refuse_withdrawals(ids: list[str]) -> None:
    from smsrepo.errors import UserError

    if ids:
        raise UserError(
            f"{', '.join(ids)}: this withdraws the document", f"Use: sms withdraw {' '.join(ids)}"
        )
