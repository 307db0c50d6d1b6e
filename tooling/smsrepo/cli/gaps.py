"""sms gaps."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from smsrepo.cli import clock
from smsrepo.cli.common import as_of_option, at_option, find_repository, rules_for, tell_unusable_views
from smsrepo.errors import FINDINGS, UserError

if TYPE_CHECKING:
    from smsrepo.conformity.coverage import Covered
    from smsrepo.conformity.crosswalk import Crosswalk
    from smsrepo.model.repo import Repo

_CLAUSES = "clauses"


class _Asked(NamedTuple):
    """What a table is made of: the rows, and what is told along with them."""

    repo: "Repo"
    rows: list["Covered"]
    day: date
    revision: str
    everything: bool
    format: str
    whole: bool


@click.command("gaps")
@click.option("--clause", help="Show only this clause and what is below it, such as 4.3.")
@click.option("--all", "everything", is_flag=True, help="Show the requirements that are met as well.")
@click.option(
    "--view",
    default=_CLAUSES,
    metavar="NAME",
    help="See the same rows from another text: 2018 or code-of-practice. Otherwise: clauses.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv", "xlsx"]),
    default="text",
    help="How to give the rows.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--fail-on",
    type=click.Choice(["gap", "partial", "documented"]),
    help="Exit with 1 when a requirement stands so, or worse.",
)
@as_of_option
@at_option
@click.pass_obj
def command(
    directory: Path,
    clause: str | None,
    everything: bool,
    view: str,
    format_: str,
    output: Path | None,
    fail_on: str | None,
    as_of: date | None,
    revision: str | None,
) -> None:
    """Show how far the requirements of clauses 4 to 9 are met, and which commands to run next.

    Where much is open, a line for each clause; of one clause, or with --all, each requirement, worst first.

    Text that is in force, evidence that is present and rules that are silent make a requirement met.
    Whether the evidence is adequate, an auditor says.
    """
    from smsrepo.check import engine
    from smsrepo.conformity.coverage import State, as_bad_as, coverage
    from smsrepo.control.effective import effective_repo

    _refuse_foreign(output, format_)
    if format_ == "xlsx" and output is None and sys.stdout.isatty():
        raise UserError("a workbook is not for the screen", "Name a file: --output coverage.xlsx.")
    root = find_repository(directory)
    repo, day, *_ = effective_repo(root, as_of, clock.today(), revision)
    crosswalk = _crosswalk(repo, view)
    report = engine.run(repo, rules_for(root, revision).values(), day)
    rows = [row for row in coverage(repo, report, day) if clause is None or _within(row, clause)]
    if clause is None and not rows:
        raise UserError(
            "there is no requirements ledger in sms/requirements/",
            "Bring it back from the repository's history.",
        )
    if not rows:
        raise UserError(
            f"there is no clause {clause} among the requirements", "Name a clause such as 4.3 or 9.2."
        )
    asked = _Asked(repo, rows, day, _revision(root, revision), everything, format_, clause is None)
    _give(_of_view(asked, crosswalk, clause) if crosswalk else _of_clauses(asked), output)
    if fail_on and any(as_bad_as(row.state, State(fail_on)) for row in rows):
        raise click.exceptions.Exit(FINDINGS)


def _of_clauses(asked: _Asked) -> str | bytes:
    from smsrepo.conformity import crosswalk, ledger
    from smsrepo.conformity.coverage import State, worst_first
    from smsrepo.control.lifecycle import basis
    from smsrepo.export import coverage_overview, coverage_table, coverage_workbook

    told, rows = basis(asked.repo.artefacts), worst_first(asked.rows)
    if asked.format == "xlsx":
        others = crosswalk.readable(asked.repo)
        tell_unusable_views(asked.repo)
        return coverage_workbook.of_rows(asked.rows, others, asked.day, asked.revision, told)
    if asked.format == "text":
        shown = [row for row in rows if asked.everything or row.state is not State.MET]
        if asked.whole and not asked.everything and len(shown) >= coverage_overview.LISTED_AT_ONCE:
            return coverage_overview.text(asked.rows, ledger.read(asked.repo), asked.repo.types, told)
        return coverage_table.text(shown, Counter(row.state for row in rows), told)
    return coverage_table.as_json(rows) if asked.format == "json" else coverage_table.as_csv(rows)


def _of_view(asked: _Asked, crosswalk: "Crosswalk", clause: str | None) -> str | bytes:
    """The entries of a view. Of one clause of ours: those that map to rows of it, and to nothing else."""
    from smsrepo.conformity.coverage import State
    from smsrepo.conformity.crosswalk import view, worst_first
    from smsrepo.control.lifecycle import basis
    from smsrepo.export import coverage_workbook, crosswalk_table

    told = basis(asked.repo.artefacts)
    entries = view(crosswalk, asked.rows)
    if clause is not None:
        entries = tuple(viewed for viewed in entries if viewed.rows)
    if asked.format == "xlsx":
        return coverage_workbook.of_view(crosswalk, entries, asked.day, asked.revision, told)
    rows = worst_first(entries)
    if asked.format == "text":
        shown = [viewed for viewed in rows if asked.everything or viewed.state is not State.MET]
        return crosswalk_table.text(crosswalk, shown, entries, told)
    return crosswalk_table.as_json(rows) if asked.format == "json" else crosswalk_table.as_csv(rows)


def _crosswalk(repo: "Repo", view: str) -> "Crosswalk | None":
    from smsrepo.conformity import crosswalk
    from smsrepo.model.closest import did_you_mean

    if view == _CLAUSES:
        return None
    known = [_CLAUSES, *crosswalk.names(repo)]
    if view not in known:
        raise UserError(
            f"there is no view `{view}`", did_you_mean(view, known, f"There are: {', '.join(known)}.")
        )
    found = crosswalk.read(repo, view)
    if not found.entries:
        raise UserError(
            f"{found.path} cannot be used: it cannot be read or does not fit its schema",
            "Bring it back from the repository's history.",
        )
    return found


def _revision(root: Path, asked: str | None) -> str:
    """What was read, for whoever gets the file: a commit, or the files on disk on top of one."""
    from smsrepo.git import door

    if asked is not None:
        return door.resolve(root, asked)
    commit = door.head(root)
    return f"files on disk, on top of {commit}" if commit else "files on disk"


def _refuse_foreign(output: Path | None, format_: str) -> None:
    """A name that promises another kind of file: programs open by it, and find something else."""
    known = {"text": (".txt", ".md", ".log")}.get(format_, (f".{format_}",))
    if output is not None and output.suffix and output.suffix.lower() not in known:
        raise UserError(
            f"{output.name} does not end as a file of the format {format_} does",
            f"Name it {output.stem}{known[0]}, or ask for another --format.",
        )


def _give(content: str | bytes, output: Path | None) -> None:
    if output is None:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content if isinstance(content, bytes) else click.unstyle(content).encode())
    except OSError as error:
        raise UserError(f"{output} cannot be written: {error.strerror}", "Name another file.") from error
    click.echo(f"Wrote {output}")


def _within(row: "Covered", clause: str) -> bool:
    number = row.requirement.clause
    return number == clause or number.startswith(f"{clause}.") or row.requirement.id == clause
