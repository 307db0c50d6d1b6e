"""sms check."""

import time
from datetime import date
from pathlib import Path

import click

from smsrepo.cli.common import as_of_option, at_option, day_of, find_repository, load_repository, rules_for
from smsrepo.errors import FINDINGS, UserError


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print the findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="What counts as failure (exit code 1).",
)
@as_of_option
@at_option
@click.pass_obj
def command(
    directory: Path,
    paths: tuple[Path, ...],
    format_: str,
    fail_on: str,
    as_of: date | None,
    revision: str | None,
) -> None:
    """Check the repository and print what is wrong, where, why and what to do.

    The whole repository is always checked, for files depend on each other; PATHS limit what is shown.
    """
    started = time.perf_counter()
    root = find_repository(directory)
    wanted = [_relative(root, directory, path) for path in paths]
    from smsrepo.check import engine
    from smsrepo.export import github, json_report, text
    from smsrepo.model.finding import Severity
    from smsrepo.model.words import count

    repo = load_repository(root, revision)
    report = engine.run(repo, rules_for(root, revision).values(), day_of(repo, as_of))
    if wanted:
        report = engine.only(report, wanted)
    render = {"text": text.render, "json": json_report.render, "github": github.render}[format_]
    unreadable = len({flaw.path for flaw in repo.flaws.get("unreadable-file", ())})
    seconds = time.perf_counter() - started
    click.echo(render(report, len(repo.artefacts), unreadable, seconds), nl=False)
    open_ = sum(len(questions) for _, _, questions in repo.decisions())
    if format_ == "text" and open_:
        click.echo(f"{count(open_, 'decision')} open: sms todo")
    if report.fails(Severity(fail_on)):
        raise click.exceptions.Exit(FINDINGS)


def _relative(root: Path, directory: Path, path: Path) -> str:
    full = (directory / path).resolve()
    if not full.exists():
        raise UserError(f"there is no file or folder {path}", "Paths count from the current folder.")
    if not full.is_relative_to(root):
        raise UserError(f"{path} is outside the repository {root}")
    return full.relative_to(root).as_posix()
