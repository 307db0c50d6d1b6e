"""What the commands share with which people sign: who they are, what they see, their signature."""

import functools
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from smsrepo.cli import clock
from smsrepo.cli.common import find_repository
from smsrepo.errors import CannotRunError, UserError

if TYPE_CHECKING:
    from smsrepo.control.desk import Desk
    from smsrepo.control.matter import Matter
    from smsrepo.control.people import Person
    from smsrepo.control.settings import Settings
    from smsrepo.control.statement import Statement
    from smsrepo.pack.prospect import Prospect


_BRINGS_ON = frozenset({"approve", "withdraw"})


class How(NamedTuple):
    """The options that all these commands have."""

    person: str | None
    role: str
    key: Path | None
    yes: bool
    commit: bool


class Sitting(NamedTuple):
    """A person at their desk, with what the desk was laid from.

    `outdated` are statements of theirs, by path, that only the branch holds and that what is signed now replaces.
    """

    root: Path
    prospect: "Prospect"
    desk: "Desk"
    how: How
    outdated: "Mapping[str, Statement]"


def person_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --as."""
    text = "Who you are, by the id in sms/people.yml; otherwise whoever has the mail address of git's user.email."
    return click.option("--as", "person", metavar="PERSON", help=text)(function)


def commit_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --commit."""
    return click.option(
        "--commit", is_flag=True, help="Commit exactly what was made, on the branch you are on."
    )(function)


def signing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of everything that is signed; the command gets them as `how`."""

    @functools.wraps(function)
    def called(
        *arguments: Any,
        person: str | None,
        role: str | None,
        key: Path | None,
        yes: bool,
        commit: bool,
        **more: Any,
    ) -> Any:
        return function(*arguments, how=How(person, role or "", key, yes, commit), **more)

    options = (
        person_option,
        click.option("--role", metavar="ROLE", help="Act in this one of your roles only."),
        click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="The key to sign with."),
        click.option("--yes", is_flag=True, help="Sign without being asked, for scripts."),
        commit_option,
    )
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), called)


def who_am_i(root: Path, settings: "Settings", named: str | None) -> "Person":
    """The person who was named, or whose mail address git knows; raises UserError where that is nobody."""
    from smsrepo.git import door
    from smsrepo.model.closest import did_you_mean

    if named:
        if found := settings.people.get(named):
            return found
        hint = did_you_mean(
            named, settings.people, "sms/people.yml holds the ids. New people count once approved."
        )
        raise UserError(f"nobody in sms/people.yml has the id `{named}`", hint)
    mail = door.config(root, "user.email")
    if not mail:
        raise UserError(
            "git does not know who you are",
            "Set git config user.email to your address in sms/people.yml, or use --as.",
        )
    for person in settings.people.values():
        if person.email.lower() == mail.lower():
            return person
    raise UserError(
        f"nobody in sms/people.yml has the mail address {mail} of git's user.email",
        "Use --as PERSON, or have your entry in sms/people.yml added and approved.",
    )


def key_of(root: Path, person: "Person", named: Path | None) -> Path | str:
    """What ssh-keygen is told to sign with for a person, today; raises UserError where no key of theirs is there."""
    from smsrepo.pack.signing import find_pen

    day = clock.today()

    def check(line: str) -> None:
        known = [
            key
            for key in person.keys
            if key.line == line and key.start <= day and (not key.end or day <= key.end)
        ]
        if not known:
            raise UserError(f"this is no key that {person.name} has today", "sms keys list shows the keys.")

    return find_pen(root, person, named, check).key


def sit_down(directory: Path, how: How, *, on_main: bool = False) -> Sitting:
    """The desk of whoever runs the command.

    It holds what the branch that is checked out would bring to the main branch; or, `on_main`, what is there.
    """
    from smsrepo.cli.gate import main_tip
    from smsrepo.git import door
    from smsrepo.git.worktree import current_branch
    from smsrepo.pack.prospect import prospect

    root = find_repository(directory)
    head = door.head(root)
    if head is None:
        raise CannotRunError(
            "there is no git history here", "Document control needs one: git init, then git commit."
        )
    base = head if current_branch(root) == door.default_branch(root) else main_tip(root)
    seen = prospect(root, base, base if on_main else head, clock.now())
    person = who_am_i(root, seen.moment.policy.settings, how.person)
    key = directory / how.key.expanduser() if how.key else None
    desk = seen.desk(person, how.role)
    if how.role:
        _ = desk.capacity.held  # a role that the person does not hold is wrong use, whatever waits
    return Sitting(root, seen, desk, how._replace(key=key), {})


def without_outdated(sitting: Sitting, names: Iterable[str], action: str) -> tuple[Sitting, tuple[str, ...]]:
    """The desk cleared of what the person decided on this branch about other bytes, and what is to be decided then.

    With `names` only what is about these goes (else everything). What else the same `action` was about joins the
    names, to be signed anew.
    """
    wanted = tuple(names)
    gone: dict[str, Statement] = {}
    for path, said in sitting.prospect.outdated(sitting.desk.person).items():
        about = [subject.name for subject in said.subjects]
        if not wanted or set(about) <= set(wanted) or (said.action == action and set(about) & set(wanted)):
            gone[path] = said
    if not gone:
        return sitting, wanted
    seen = sitting.prospect.without([file for path in gone for file in (path, f"{path}.sig")])
    desk = seen.desk(sitting.desk.person, sitting.how.role)
    if wanted:
        good = {act.subject.name: None for act in sitting.prospect.moment.acts if act.path in gone}
        wanted = tuple(dict.fromkeys([*wanted, *good]))
    return sitting._replace(prospect=seen, desk=desk, outdated=gone), wanted


def all_or_none(names: Iterable[str], find: Callable[[str], "Matter | list[Matter]"]) -> list["Matter"]:
    """What each name stands for; where any of them is refused, UserError with the reason for each."""
    found: list[Matter] = []
    refused: list[UserError] = []
    for name in dict.fromkeys(names):
        try:
            matters = find(name)
            found += matters if isinstance(matters, list) else [matters]
        except UserError as error:
            refused.append(error)
    if len(refused) == 1:
        raise UserError(f"{refused[0].message}; nothing was signed", refused[0].hint)
    if refused:
        reasons = "\n".join(f"  {error.message}. {error.hint}".rstrip() for error in refused)
        raise UserError(f"nothing was signed, for {len(refused)} reasons:\n{reasons}")
    return list(dict.fromkeys(found))


def sign(sitting: Sitting, matters: list["Matter"], reason: str = "") -> None:
    """Show what is to be signed, ask, sign, prove that it will count, write, and commit where that was asked."""
    from smsrepo.export import matter_text
    from smsrepo.pack.signing import find_pen, signed, write_together

    root, prospect, desk, how, outdated = sitting
    _refuse_unable(root, how)
    statements = desk.statements(matters, clock.now(), reason)
    _refuse_in_vain(prospect, statements, {one.path for one in matters if one.action in _BRINGS_ON})
    pen = find_pen(root, desk.person, how.key, lambda line: desk.check_key(line, statements[0]))
    click.echo(f"{matter_text.render(matters, prospect.history.contents)}\n", nl=False)
    for said in statements:
        click.echo(
            f"{matter_text.in_words(said)}: “{said.meaning}”" + (f". Reason: {said.reason}" if reason else "")
        )
    for said in outdated.values():
        click.echo(
            f"Removed, for it is about other bytes than those proposed now: {matter_text.in_words(said)}"
        )
    _ask(desk.person.name, [said.role for said in statements], how)
    files = signed(statements, pen)
    prospect.refuse_what_would_not_count(files)
    write_together(root, files)
    removed = [file for path in outdated for file in (path, f"{path}.sig") if (root / file).exists()]
    for path in removed:
        (root / path).unlink()
    finish(root, [*files, *removed], "; ".join(map(matter_text.in_words, statements)), commit=how.commit)


def _refuse_in_vain(prospect: "Prospect", statements: list["Statement"], paths: set[str]) -> None:
    """Raises UserError where the gate stays closed over a file even with the statements: that must be mended first."""
    found = prospect.obstacles(statements, paths) if paths else []
    if found:
        reasons = "\n".join(f"  {one.path}: {one.message} ({one.rule}). {one.hint}".rstrip() for one in found)
        raise UserError(
            f"the gate would stay closed, so nothing was signed:\n{reasons}",
            "Mend that first; an approval would not help. sms explain RULE tells why.",
        )


def finish(root: Path, paths: list[str], message: str, *, commit: bool) -> None:
    """Commit exactly these paths, or say how."""
    from smsrepo.git import door

    if not commit:
        click.secho("Made:", fg="green")
        click.echo("".join(f"  {path}\n" for path in paths if (root / path).exists()), nl=False)
        click.echo(f"Next: git add --all {_joined(paths)} && git commit -m {_quoted(message)}")
        return
    try:
        made = door.commit_paths(root, paths, message)
    except CannotRunError as error:
        how = f"What was made is there: mend it, then git add --all {_joined(paths)} && git commit"
        raise CannotRunError(error.message, how) from error
    click.secho(f"Committed {made[:10]}: {message}", fg="green")


def _refuse_unable(root: Path, how: How) -> None:
    """Raises UserError before anything is shown where the end cannot be reached: nobody to ask, nobody who commits."""
    from smsrepo.git import door

    if not how.yes and not sys.stdin.isatty():
        raise UserError(
            "there is nobody to ask: the input is not a terminal", "Add --yes to sign without a question."
        )
    for what in ("name", "email") if how.commit else ():
        if not door.config(root, f"user.{what}") and f"GIT_COMMITTER_{what.upper()}" not in os.environ:
            raise UserError(
                f"git does not know your user.{what}, and so cannot commit; nothing was signed",
                f"Set it: git config user.{what} …",
            )


def _ask(name: str, roles: list[str], how: How) -> None:
    if how.yes:
        return
    acting = " and ".join(dict.fromkeys(role for role in roles if role))
    if not click.confirm(f"Sign as {name}{', ' if acting else ''}{acting}?"):
        raise UserError("nothing was signed", "Run it again when you are ready.")


def _joined(paths: Iterable[str]) -> str:
    return " ".join(map(_quoted, paths))


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
