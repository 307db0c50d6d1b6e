"""Every command with its options, read from the command line itself."""

import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from textwrap import dedent

import click

from smsrepo.site.page import Page, Rank
from smsrepo.site.text.markup import blocks, code, link, table, trail, with_code

PATH = "guide/commands.md"


def command_pages() -> Iterator[Page]:
    """The list of commands, and a page for each; the commands of a group stand on the page of the group."""
    program = command_line()
    context = click.Context(program, info_name="sms")
    names = program.list_commands(context)
    commands = [(name, found) for name in names if (found := program.get_command(context, name))]
    rows = [[link(code(f"sms {name}"), f"commands/{name}.md"), _first(one)] for name, one in commands]
    head = f"# Commands\n\n{_prose(program)}"
    options = blocks("## Options of every command", _options(program, context))
    listed = table(["Command", "What it does"], rows)
    yield Page(PATH, "Commands", blocks(head, listed, options), contents=False, rank=Rank.REFERENCE)
    for name, one in commands:
        yield _command_page(name, one, context)


@cache
def command_line() -> click.Group:
    """The command that this installation runs as `sms`; the site knows it by its entry point only."""
    found = next(one for one in distribution("smsrepo").entry_points if one.group == "console_scripts")
    group: click.Group = importlib.import_module(found.module).cli
    return group


def _command_page(name: str, command: click.Command, parent: click.Context) -> Page:
    path, title = f"guide/commands/{name}.md", f"sms {name}"
    way = trail(link("Guide", "../index.md"), link("Commands", "../commands.md"))
    text = blocks(way, f"# {title}", *_about(command, click.Context(command, parent, info_name=name), "##"))
    return Page(path, title, text, rank=Rank.REFERENCE)


def _about(command: click.Command, context: click.Context, level: str) -> Iterator[str]:
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```"
    yield _prose(command)
    yield _options(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below:
                inner = click.Context(below, context, info_name=name)
                yield f"{level} {inner.command_path}"
                yield from _about(below, inner, f"{level}#")


def _prose(command: click.Command) -> str:
    """The help of a command, paragraph by paragraph; code stays code."""
    text = dedent(inspect.cleandoc(command.help or "")).replace("\b\n", "").partition("\f")[0]
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(with_code(paragraph) for paragraph in paragraphs)


def _first(command: click.Command) -> str:
    return _prose(command).partition("\n\n")[0]


def _options(command: click.Command, context: click.Context) -> str:
    rows = [
        _option(one, context) for one in command.params if isinstance(one, click.Option) and not one.hidden
    ]
    return table(["Option", "What it does"], rows) if rows else ""


def _option(option: click.Option, context: click.Context) -> list[str]:
    names = ", ".join(option.opts + option.secondary_opts)
    takes = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return [code(f"{names}{takes}"), with_code(option.help or "")]
