"""sms init."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.errors import UserError
from smsrepo.model.words import count

if TYPE_CHECKING:
    from smsrepo.pack.answers import Answers
    from smsrepo.pack.init import Made


@click.command("init")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path),
    metavar="FILE.yml",
    help="Take the answers from a file.",
)
@click.option("--defaults", is_flag=True, help="Take the default answers and ask nothing.")
@click.option(
    "--example",
    is_flag=True,
    help="Make the demonstration: a fictional provider with services, agreements and records.",
)
@click.option(
    "--with-history",
    is_flag=True,
    help="With --example: its two years as well, every approval signed with a key that is public on purpose.",
)
@click.option("--no-git", is_flag=True, help="Make the files only, no git repository.")
@click.pass_obj
def command(
    directory: Path,
    path: Path,
    answers_file: Path | None,
    defaults: bool,
    example: bool,
    with_history: bool,
    no_git: bool,
) -> None:
    """Make a new SMS repository at PATH.

    Every document of the pack arrives as a draft, with the decisions marked that only the organisation can take.
    """
    from smsrepo.pack import init

    _refuse_history_of(example=example, with_history=with_history, no_git=no_git)
    target = directory / path
    init.refuse_used(target)
    answers = _answers(directory, answers_file, defaults or example)
    made = init.make_repository(
        target.resolve(),
        answers,
        example=example,
        commit=not no_git,
        today=clock.today(),
        with_history=with_history,
    )
    _closing_words(path, made, example=example, with_history=with_history, no_git=no_git)


def _refuse_history_of(*, example: bool, with_history: bool, no_git: bool) -> None:
    if with_history and not example:
        raise UserError("only the demonstration has a past", "Add --example, or leave --with-history out.")
    if with_history and no_git:
        raise UserError("a history needs git", "Leave --no-git out, or --with-history.")


def _answers(directory: Path, file: Path | None, defaults: bool) -> "Answers":
    from smsrepo.pack.answers import Answers

    if file is not None:
        return _from_file(directory / file)
    if defaults:
        return Answers()
    if not sys.stdin.isatty():
        raise UserError(
            "there is nobody to ask: the input is not a terminal",
            "Use --answers FILE.yml, --defaults or --example.",
        )
    return _ask()


def _from_file(file: Path) -> "Answers":
    from smsrepo.load.refusal import Refused
    from smsrepo.load.text import decode
    from smsrepo.load.yaml_dialect import parse
    from smsrepo.pack.answers import from_mapping

    try:
        return from_mapping(parse(decode(file.read_bytes())), str(file))
    except OSError as error:
        raise UserError(
            f"{file} cannot be read: {error.strerror}", "Name an existing file with answers."
        ) from error
    except Refused as refused:
        raise UserError(
            f"{file}:{refused.line}:{refused.column}: {refused.message}", refused.hint
        ) from refused


def _ask() -> "Answers":
    from smsrepo.pack.answers import QUESTIONS, Answers, problem_with

    click.echo("A few questions; everything can be changed later.\n")
    given: dict[str, str] = {}
    for name, question in QUESTIONS.items():
        default = given["organisation"].split()[0] if name == "short_name" else None
        while name not in given:
            answer = click.prompt(question, default=default or "", show_default=bool(default))
            problem = problem_with(name, answer)
            if not answer.strip():
                click.echo("  An answer is needed.", err=True)
            elif problem:
                click.echo(f"  The answer {problem}.", err=True)
            else:
                given[name] = answer.strip()
    return Answers(**given)


def _closing_words(path: Path, made: "Made", *, example: bool, with_history: bool, no_git: bool) -> None:
    where = "" if no_git else ", committed on branch main"
    click.secho(
        f"Made {path}: {count(made.documents, 'document')}{where}. Its check finds no errors.", fg="green"
    )
    read = ("make serve", "read it as a site at http://127.0.0.1:8000")
    if example:
        proof = (".venv/bin/sms verify", "prove who approved what, from the history alone")
        broken = [
            ("git switch -c try", "then change a word in policies/POL-001-service-management-policy.md"),
            ("git commit -am Try", "as anybody could"),
            (".venv/bin/sms gate", "is closed: that was approved, and may not change under its number"),
        ]
        then = [read, *([proof] if with_history else []), *([] if no_git else broken)]
    else:
        then = [
            ("make todo", f"take the {count(made.decisions, 'decision')} that only you can take"),
            read,
            ("sms/people.yml", "name the right people, and in sms/assignments.yml who holds which role"),
            (".venv/bin/sms keys add", "everybody who will sign, each with their own key; commit it"),
            (".venv/bin/sms begin", "from here on every change is judged"),
        ]
    check = "make check" if path.resolve() == Path.cwd() else f"cd {path} && make check"
    steps = [(check, "check it with the tool it carries"), *then]
    width = max(len(command) for command, _ in steps)
    click.echo("\nNext:")
    for number, (command, meaning) in enumerate(steps, 1):
        click.echo(f"  {number}. {command:{width}}   {meaning}")
