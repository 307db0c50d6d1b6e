"""sms gaps."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.common import as_of_option, at_option, find_repository, rules_for
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.conformity.coverage import Covered


@click.command("gaps")
@click.option("--clause", help="Show only this clause and what is below it, such as 4.3.")
@click.option("--all", "everything", is_flag=True, help="Show the requirements that are met as well.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="How to print the rows.",
)
@as_of_option
@at_option
@click.pass_obj
def command(
    directory: Path,
    clause: str | None,
    everything: bool,
    format_: str,
    as_of: date | None,
    revision: str | None,
) -> None:
    """Show how far each requirement of clauses 4 to 9 is met, worst first, with the next command to run.

    Text that is in force, evidence that is present and rules that are silent make a requirement met.
    Whether the evidence is adequate, an auditor says.
    """
    from smsrepo.check import engine
    from smsrepo.conformity.coverage import State, coverage, worst_first
    from smsrepo.control.effective import effective_repo
    from smsrepo.control.lifecycle import basis
    from smsrepo.export import coverage_table

    root = find_repository(directory)
    repo, day, _ = effective_repo(root, as_of, clock.today(), revision)
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
    shown = worst_first(row for row in rows if everything or row.state is not State.MET)
    if format_ == "text":
        click.echo(
            coverage_table.text(shown, Counter(row.state for row in rows), basis(repo.artefacts)), nl=False
        )
    else:
        render = coverage_table.as_json if format_ == "json" else coverage_table.as_csv
        click.echo(render(worst_first(rows)), nl=False)


def _within(row: "Covered", clause: str) -> bool:
    number = row.requirement.clause
    return number == clause or number.startswith(f"{clause}.") or row.requirement.id == clause
