"""The command `sms`: finds the command, turns errors into messages and exit codes."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from smsrepo import __version__
from smsrepo.errors import UserError

INTERNAL_ERROR, INTERRUPTED, BROKEN_PIPE = 70, 130, 141

# In the order in which people meet them.
_COMMANDS = {
    "init": "Make a new SMS repository.",
    "new": "Make a new document, register entry or record.",
    "check": "Check the repository: files, references, rules.",
    "explain": "Say what a requirement asks and how it stands, what a type holds, or why a rule exists.",
    "todo": "List the decisions that are still open.",
    "gaps": "Show how far each requirement is met, worst first.",
    "begin": "Begin document control: from then on every change is judged.",
    "keys": "Register and list the public keys with which people sign.",
    "approve": "Approve documents, policy changes and disposals, with your signature.",
    "reject": "Reject what is up for approval.",
    "withdraw": "Approve that documents are withdrawn.",
    "revoke": "Take the approval of a revision back.",
    "review": "Record the periodic review of documents that need no change.",
    "acknowledge": "Confirm that you have read what is in force.",
    "dispose": "Remove records whose time is over, and leave proof of it.",
    "gate": "Judge a pull request: who approves it, what is missing.",
    "record": "Record the reviews of merged pull requests as approvals.",
    "verify": "Prove document control from the history.",
    "checkpoint": "Note where the main branch stands, signed, to keep elsewhere.",
    "baseline": "Mark a release of the management system: which revisions are in force.",
    "status": "Show where documents stand: what waits for approval, what is missing, what is overdue.",
    "register": "Print the register of documents as of a day.",
    "show": "Print a document, in the revision in force or any other.",
    "diff": "Show what a revision changes, word by word.",
    "due": "List what falls due, overdue first.",
    "codeowners": "Write whom the forge asks to review which file.",
    "site": "Build or serve the site that staff and auditors read.",
}


class _Commands(click.Group):
    """Imports a command only when it runs, so that start-up stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"smsrepo.cli.{name}").command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from smsrepo.model.closest import closest

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            close = closest(args[0], _COMMANDS)
            hint = f" Did you mean `sms {close}`?" if close else " See sms --help."
            raise UserError(f"there is no command `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "SMS"}
)
@click.version_option(__version__, prog_name="sms")
@click.option(
    "-C",
    "--directory",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Work in this folder instead of the current one.",
)
@click.pass_context
def cli(ctx: click.Context, directory: Path) -> None:
    """Keep an ISO/IEC 20000-1 service management system as a git repository.

    Exit codes: 0 clean, 1 findings, 2 wrong use, 3 the machine or git stands in the way, 70 our bug, 130 interrupted.
    """
    ctx.obj = directory
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run `sms` and exit with one of its codes."""
    try:
        # Outside its standalone mode click returns the code of an Exit, and None when all went well.
        code = cli.main(standalone_mode=False) or 0
    except click.Abort:
        code = _complain("interrupted", code=INTERRUPTED)
    except click.NoSuchOption as error:
        _show_unknown_option(error)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except UserError as error:
        code = _complain(f"Error: {error.message}", error.hint, error.exit_code)
    except KeyboardInterrupt:
        code = _complain("interrupted", code=INTERRUPTED)
    except SystemExit:
        code = (
            BROKEN_PIPE  # click leaves this way when the reader (head, less) has gone: no verdict was given
        )
    except Exception as error:
        if os.environ.get("SMS_DEBUG"):
            raise
        message = f"Internal error: {type(error).__name__}: {error}"
        code = _complain(
            message,
            "This is a bug in smsrepo. Set SMS_DEBUG=1 to see where, and please report it.",
            INTERNAL_ERROR,
        )
    sys.exit(code)


def _show_unknown_option(error: click.NoSuchOption) -> None:
    """Where nothing is similar, the options that there are."""
    if not error.possibilities and error.ctx:
        there = [p.opts[-1] for p in error.ctx.command.params if isinstance(p, click.Option) and not p.hidden]
        listed = ", ".join([*there, "--help"])
        click.UsageError(f"{error.message.rstrip('.')}. There are: {listed}.", error.ctx).show()
    else:
        error.show()


def _complain(message: str, hint: str = "", code: int = 2) -> int:
    click.echo(message, err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
    return code
