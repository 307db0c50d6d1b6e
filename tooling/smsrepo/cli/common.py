"""What several commands share: the repository, the day, the rules."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsrepo.cli import clock
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.model.repo import Repo
    from smsrepo.rules.rule import Rule


def find_repository(directory: Path) -> Path:
    """The root of the repository around a folder; raises UserError where there is none."""
    from smsrepo.load.source import find_root

    if not directory.is_dir():
        raise UserError(f"{directory} is not a folder", "Name an existing folder.")
    root = find_root(directory.resolve())
    if root is None:
        raise UserError(
            f"{directory.resolve()} is not in an SMS repository: no sms/sms.yml here or above",
            "Change into one, or make one: sms init my-sms.",
        )
    return root


def load_repository(root: Path, revision: str | None = None) -> "Repo":
    """The snapshot of the worktree, or of a commit."""
    import gc

    from smsrepo.load.snapshot import load
    from smsrepo.load.source import CommitSource, WorktreeSource

    gc.disable()  # the process ends soon, and everything loaded is needed until then
    return load(WorktreeSource(root) if revision is None else CommitSource(root, revision))


def rules_for(root: Path, revision: str | None) -> "Mapping[str, Rule]":
    """The rules about files to run: for a commit the built-in ones only, for those of its own are not executed."""
    from smsrepo.check import catalogue

    return catalogue.file_rules(root) if revision is None else catalogue.about_files()


def tell_unusable_views(repo: "Repo") -> None:
    """Say which views are missing from what is shown; sms check says why."""
    from smsrepo.conformity import crosswalk

    for path in crosswalk.unusable(repo):
        click.echo(f"{path} is left out: it cannot be used, see sms check.", err=True)


def day_of(repo: "Repo", as_of: date | None) -> date:
    """The day to judge by: as asked, as the settings of a demonstration say, or today."""
    from smsrepo.control.settings import Settings

    return Settings(repo).day(as_of, clock.today())


_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d")


class _Day(click.ParamType[date]):
    """A day as people write it in files."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with a message for people."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            if _WRITTEN.fullmatch(str(value)):
                self.fail(f"there is no day {value} in the calendar", param, ctx)
            self.fail(f"`{value}` is no day such as 2026-03-31", param, ctx)
        if day.year < 1900:
            self.fail(f"nothing can be judged as of {day}; name a day from 1900 on", param, ctx)
        return day


DAY = _Day()


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --as-of."""
    return click.option(
        "--as-of",
        type=DAY,
        metavar="DATE",
        help="Judge as of this day (YYYY-MM-DD) instead of today.",
    )(function)


def at_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --at."""
    return click.option(
        "--at",
        "revision",
        metavar="COMMIT",
        help="Read this commit, branch or tag instead of the files on disk.",
    )(function)
