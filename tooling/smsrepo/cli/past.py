"""What commands about the history share: where it is, and up to where it counts."""

from pathlib import Path
from typing import TYPE_CHECKING

from smsrepo.errors import CannotRunError, UserError

if TYPE_CHECKING:
    from smsrepo.model.history import History

NOT_BEGUN = "document control has not begun here: there is no sms/genesis.yml in the history"


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
    import gc

    from smsrepo.git import door
    from smsrepo.load.history import load_history

    gc.disable()  # the process ends soon, and everything loaded is needed until then
    root = find_root_of_history(directory)
    commit = door.resolve(root, revision) if revision else door.head(root)
    if commit is None:
        raise CannotRunError(
            "there is no git history here", "Document control needs one: git init, then git commit."
        )
    history = load_history(root, commit)
    if history.genesis is None:
        from smsrepo.pack.begin import HOW_TO_BEGIN

        raise UserError(NOT_BEGUN, HOW_TO_BEGIN)
    return root, history
