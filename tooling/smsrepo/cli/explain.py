"""sms explain."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.common import as_of_option, find_repository, rules_for, tell_unusable_views
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from smsrepo.conformity.coverage import Covered
    from smsrepo.rules.rule import Rule


@click.command("explain")
@click.argument("subject", required=False, metavar="[RULE|REQUIREMENT|TYPE]")
@as_of_option
@click.pass_obj
def command(directory: Path, subject: str | None, as_of: date | None) -> None:
    """Explain a RULE: why it exists, bad and good examples, what to do. Or a REQUIREMENT, such as 5.2-s3.1: what
    it asks, what serves as evidence, how it stands; of a clause, such as 5.2, all of them. Or a TYPE, such as change:
    what it is for and what each of its fields holds. Alone, list all rules.
    """
    if subject is not None and subject[:1].isdigit():
        _explain_requirement(directory, subject, as_of)
    else:
        _explain_name(directory, subject)


def _explain_name(directory: Path, name: str | None) -> None:
    """A rule; what is none may be a type, for which the repository is read."""
    from smsrepo.check import catalogue
    from smsrepo.load.source import find_root
    from smsrepo.model.closest import did_you_mean

    root = find_root(directory.resolve())
    rules = catalogue.all_rules(root)
    if name is None:
        width = max(map(len, rules))
        for found in rules.values():
            click.echo(f"{found.id:{width}}  {found.severity:7}  {found.summary}")
        return
    if name not in rules:
        known = _explain_type(root, name, rules.values()) if root else []
        if name in known:
            return
        hint = did_you_mean(name, [*known, *rules], "sms explain lists all rules, sms new --list all types.")
        raise UserError(f"there is no rule or type `{name}`", hint)
    found = rules[name]
    click.echo(catalogue.page(found).rstrip() or f"# {found.id}\n\n{found.summary}")
    if found.requirements:
        click.echo(f"\nSeverity: {found.severity}. Requirements: {', '.join(found.requirements)}.")


def _explain_type(root: Path, name: str, rules: "Collection[Rule]") -> "Collection[str]":
    """Explain a type if there is one of this name; gives the names of all."""
    from smsrepo.conformity import ledger
    from smsrepo.control.settings import Settings
    from smsrepo.export.type_text import Explained, type_text
    from smsrepo.load.snapshot import load_with_schemas
    from smsrepo.load.source import WorktreeSource

    repo, schemas = load_with_schemas(WorktreeSource(root))
    if name in repo.types:
        rows = {row.id: row.text for row in ledger.read(repo).rows}
        about = Explained(repo.types, schemas.files, Settings(repo), tuple(rules), rows)
        click.echo(type_text(repo.types[name], about), nl=False)
    return repo.types.keys()


def _explain_requirement(directory: Path, name: str, as_of: date | None) -> None:
    from smsrepo.check import catalogue, engine
    from smsrepo.conformity import crosswalk, ledger
    from smsrepo.conformity.coverage import coverage
    from smsrepo.conformity.kinds import kinds
    from smsrepo.control.effective import effective_repo
    from smsrepo.export import requirement_text

    root = find_repository(directory)
    repo, day, *_ = effective_repo(root, as_of, clock.today())
    rows = coverage(repo, engine.run(repo, rules_for(root, None).values(), day), day)
    row = next((row for row in rows if row.requirement.id == name), None)
    if row is None:
        number = name.rstrip(".")
        below = [r for r in rows if f"{r.requirement.clause}.".startswith(f"{number}.")]
        if not below:
            raise _unknown(name, rows)
        click.echo(requirement_text.rows_text(f"Clause {ledger.read(repo).clause(number)}", below), nl=False)
        return
    judging = [rule for rule in catalogue.all_rules(root).values() if name in rule.requirements]
    evidence = kinds(repo, ledger.read(repo), (*row.requirement.documents, *row.requirement.records))
    others = crosswalk.readable(repo)
    tell_unusable_views(repo)
    click.echo(requirement_text.row_text(row, evidence, judging, others), nl=False)


def _unknown(name: str, rows: "Sequence[Covered]") -> UserError:
    """Nothing has this name: the rows of its clause, or the nearest one."""
    from smsrepo.model.closest import did_you_mean

    known = [row.requirement.id for row in rows]
    beside = [id_ for id_ in known if id_.startswith(f"{name.partition('-')[0]}-")]
    listed = f"{', '.join(beside[:12])}{' …' if len(beside) > 12 else ''}"
    hint = f"Clause {name.partition('-')[0]} has {listed}." if beside else did_you_mean(name, known)
    return UserError(f"there is no requirement or clause `{name}`", hint or "sms gaps --all lists all.")
