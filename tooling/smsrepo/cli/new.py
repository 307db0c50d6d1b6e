"""sms new."""

import sys
import unicodedata
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from smsrepo.cli.common import day_of, find_repository
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smsrepo.model.artefact_type import ArtefactType, Field


@click.command("new")
@click.argument("type_name", metavar="[TYPE]", required=False)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field; repeat for more. Lists: a,b. Inside a field: validity.from=2026-01-01.",
)
@click.option("--list", "show_list", is_flag=True, help="List the types, or those about the word TYPE.")
@click.pass_obj
def command(directory: Path, type_name: str | None, settings: tuple[str, ...], show_list: bool) -> None:
    """Make a new artefact of TYPE with the next free id. What is required and not set, is asked."""
    from smsrepo.load.snapshot import load_with_schemas
    from smsrepo.load.source import WorktreeSource
    from smsrepo.model.closest import did_you_mean
    from smsrepo.pack import new

    root = find_repository(directory)
    repo, schemas = load_with_schemas(WorktreeSource(root))
    if show_list or type_name is None:
        _list(repo.types.values(), type_name or "")
        return
    type_ = repo.types.get(type_name)
    if type_ is None:
        hint = did_you_mean(type_name, repo.types, "sms new --list shows the types.")
        raise UserError(f"there is no type `{type_name}`", hint)
    given = dict(_pair(setting) for setting in settings)
    maker = new.NewArtefact(repo, schemas, type_, day_of(repo, None))
    draft = maker.draft(given, _ask if sys.stdin.isatty() else None)
    new.write(root, draft)
    click.secho(f"Made {draft.path}", fg="green")
    if "decide: " in draft.text:
        click.echo(f"Write what is marked `decide:` in it: sms todo {draft.id}")


_GROUPS = {
    "document": "Documents",
    "agreement": "Agreements",
    "catalogue": "Service catalogue",
    "register": "Entries of registers",
    "record": "Records",
}
_LINE = 100


def _list(types: "Iterable[ArtefactType]", word: str) -> None:
    """The types by kind, one line each; only those in whose name or description the word stands."""
    asked = word.casefold()
    found = [t for t in types if asked in f"{t.name} {t.title} {t.description}".casefold()]
    if not found:
        raise UserError(f"no type is about `{word}`", "sms new --list shows all types.")
    width = max(len(type_.name) for type_ in found)
    for kind, title in _GROUPS.items():
        some = sorted((t for t in found if t.kind == kind), key=lambda t: t.name)
        if some:
            click.secho(f"{title} ({len(some)})", bold=True)
        for type_ in some:
            first = type_.description.partition(". ")[0].rstrip(".")
            click.echo(f"  {type_.name:{width}}  {shorten(first, _LINE - width - 4, placeholder=' …')}")
    click.echo("\nMore about one of them: sms explain NAME")


def _pair(setting: str) -> tuple[str, str]:
    name, equals, value = setting.partition("=")
    if not equals or not name:
        raise UserError(f"`--set {setting}` is not of the form FIELD=VALUE")
    return name.strip(), unicodedata.normalize("NFC", value.strip())


def _ask(field: "Field", choices: list[str] | None, proposed: Any, problem: str) -> str:
    several = field.schema.get("type") == "array"
    if problem:
        click.secho(f"  {problem}", fg="yellow", err=True)
    else:
        click.echo(
            f"\n{field.description or field.name}{' Separate several by commas.' if several else ''}",
            err=True,
        )
        if choices:
            click.echo(f"  One of: {', '.join(choices)}", err=True)
    kind = click.Choice(choices) if choices and not several else None
    answer: object = click.prompt(field.name, type=kind, default=proposed, show_choices=False, err=True)
    return str(answer)
