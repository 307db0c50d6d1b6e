"""sms dispose."""

from pathlib import Path

import click

from smsrepo.cli import clock
from smsrepo.cli.acting import How, commit_option, finish, person_option, sit_down
from smsrepo.errors import UserError


@click.command("dispose")
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@click.option("--reason", required=True, metavar="TEXT", help="Why they go, and what was looked at before.")
@person_option
@commit_option
@click.pass_obj
def command(directory: Path, records: tuple[str, ...], reason: str, person: str | None, commit: bool) -> None:
    """Remove records whose time is over, and leave a disposal record in their place.

    Refused before the end of their retention and under a legal hold. Whoever the retention schedule names approves it
    afterwards: sms approve.
    """
    from smsrepo.load.snapshot import load_with_schemas
    from smsrepo.load.source import WorktreeSource
    from smsrepo.pack.dispose import Leaving, carry_out, draft, leaving

    root, prospect, desk, *_ = sit_down(directory, How(person, "", None, False, commit))
    replay, day = prospect.moment.replay, prospect.step.day
    going: list[Leaving] = []
    refused: list[UserError] = []
    for record in dict.fromkeys(records):
        try:
            going.append(leaving(replay, prospect.seen, record, day))
        except UserError as error:
            refused.append(error)
    if refused:
        reasons = "\n".join(f"  {error.message}. {error.hint}".rstrip() for error in refused)
        raise UserError(f"nothing was removed:\n{reasons}")
    repo, schemas = load_with_schemas(WorktreeSource(root))
    disposal = draft(repo, schemas, going, desk.person, reason, clock.now().date())
    outside = [
        f"{v.id}: {entry}" for v, _, _ in going for entry in repo.by_path[v.path].data.get("outside", ())
    ]
    paths = carry_out(root, disposal, going)
    finish(root, paths, f"Dispose of {', '.join(one.version.id for one in going)}", commit=commit)
    for line in outside:
        click.echo(f"Remove what is kept outside, too: {line}")
    settings = prospect.moment.policy.settings
    roles = {
        r: None
        for one in going
        if (k := settings.retention(one.version.type.name))
        for r in k.disposal_approvers
    }
    names = [p.name for role in roles for p in settings.holders(role, day)]
    click.echo(
        f"Once committed, to be approved as {' and '.join(roles)} ({', '.join(dict.fromkeys(names)) or 'nobody'}): "
        f"sms approve {disposal.id}"
    )
