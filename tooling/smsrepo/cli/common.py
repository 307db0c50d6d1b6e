"""What several commands share: the repository, the day, the rules."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.model.repo import Repo


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
    return load(CommitSource(root, revision) if revision else WorktreeSource(root))


def day_of(repo: "Repo", as_of: datetime | None) -> date:
    """The day to judge by: as asked, as the settings of a demonstration say, or today."""
    from smsrepo.control.settings import Settings

    return Settings(repo).day(as_of.date() if as_of else None, date.today())


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --as-of."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
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


def plural(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
