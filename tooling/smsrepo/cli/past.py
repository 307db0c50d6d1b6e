"""What commands about the history share: where it is, up to where it counts, and the day to judge by."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from smsrepo.errors import CannotRunError, UserError

if TYPE_CHECKING:
    from smsrepo.model.history import History

NOT_BEGUN = "document control has not begun here: there is no sms/genesis.yml in the history"
HOW_TO_BEGIN = "Commit what is there, then run: sms begin"


def find_root_of_history(directory: Path) -> Path:
    """The root of the repository around a folder; also a bare repository, as a forge keeps it."""
    from smsrepo.cli.common import find_repository
    from smsrepo.git import door

    if (directory / "HEAD").is_file() and (directory / "objects").is_dir():
        return door.git_folder(directory.resolve())
    return find_repository(directory)


def find_history(directory: Path, revision: str | None = None) -> "tuple[Path, History]":
    """The root, and the history up to a revision (HEAD unless one is named).

    Raises UserError where control has not begun, CannotRunError where there is no complete history.
    """
    from smsrepo.git import door
    from smsrepo.load.history import load_history

    root = find_root_of_history(directory)
    commit = door.resolve(root, revision) if revision else door.head(root)
    if commit is None:
        raise CannotRunError(
            "there is no git history here", "Document control needs one: git init, then git commit."
        )
    history = load_history(root, commit)
    if history.genesis is None:
        raise UserError(NOT_BEGUN, HOW_TO_BEGIN)
    return root, history


def day_of_history(history: "History", as_of: date | None) -> date:
    """The day to judge by: as asked, as the settings of a demonstration say, or today."""
    from smsrepo.control.policy import policy_of
    from smsrepo.control.settings import ORGANISATION
    from smsrepo.load.history import tree_after

    if as_of:
        return as_of
    tree = tree_after(history.tree, history.steps)
    files = {p: history.contents[b.id] for p, b in tree.items() if p in {ORGANISATION, _ITS_SCHEMA, _TYPES}}
    return policy_of(files).settings.day(None, date.today())


_ITS_SCHEMA, _TYPES = "schemas/common/organisation.schema.json", "schemas/common/types.schema.json"
