"""sms site publish."""

import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.baseline import checked
from smsrepo.cli.common import find_repository
from smsrepo.cli.reading import how_to_read
from smsrepo.errors import FindingsError, UserError
from smsrepo.model.words import count, few

if TYPE_CHECKING:
    from smsrepo.site.published.publishing import Origin, Outcome
    from smsrepo.site.published.shelf import Shelf


@click.command("publish")
@click.option(
    "--tag", metavar="NAME", help="Publish this baseline, as it was marked. It never changes again."
)
@click.option(
    "--version", metavar="NAME", help="Publish what is in force in the files on disk, under this name."
)
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Publish into this folder.")
@click.option("--branch", metavar="BRANCH", help="Publish as a commit on this branch, such as gh-pages.")
@click.option("--push", is_flag=True, help="With --branch: push it to origin.")
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="A further name; it moves here.")
@click.option("--title", default="", metavar="TEXT", help="What the selector shows; else the name.")
@click.option(
    "--default/--no-default",
    default=None,
    help="Make it the version in force (latest), to which the root leads; or do not. Without either, the first "
    "version is, and a newer baseline follows an older one.",
)
@click.option("--replace", is_flag=True, help="Put it in the place of a version that moves, such as dev.")
@click.pass_obj
def publish(
    directory: Path,
    tag: str | None,
    version: str | None,
    folder: Path | None,
    branch: str | None,
    push: bool,
    aliases: tuple[str, ...],
    title: str,
    default: bool | None,
    replace: bool,
) -> None:
    """Publish a version of the site beside those that are there.

    Readers choose the version at the top of each page, and are told when theirs is not the one in force. Folder and
    branch are laid out as mike does it: a folder for each version, and versions.json.
    """
    from smsrepo.git import branches
    from smsrepo.site.published.publishing import Wish
    from smsrepo.site.published.publishing import publish as put

    started = time.perf_counter()
    name = tag or version
    if name is None or (tag and version):
        raise UserError("say what to publish", "Name a baseline with --tag, or a version with --version.")
    if push and not branch:
        raise UserError("--push needs --branch", "A folder is not pushed.")
    if tag and replace:
        raise UserError("a baseline is never replaced", "Leave --replace away, or mark a new baseline.")
    root = find_repository(directory)
    shelf = _shelf(directory, root, folder, branch)
    origin = _baseline(directory, tag) if tag else _worktree(root, folder and directory / folder)
    outcome = put(shelf, origin, Wish(name, title.strip(), aliases, default, replace))
    if push and branch:
        branches.push(root, branch)
    where = f"on the branch {branch}" if branch else f"in {folder}"
    click.echo(_said(outcome, where, time.perf_counter() - started))
    if folder:
        click.echo(f"To read it: {how_to_read(directory / folder)}")


def _shelf(directory: Path, root: Path, folder: Path | None, branch: str | None) -> "Shelf":
    from smsrepo.site.published.branch import Branch
    from smsrepo.site.published.folder import Folder

    if branch and not folder:
        return Branch(root, branch)
    if folder is None or branch:
        raise UserError("say where to publish", "Name a folder with --to, or a branch with --branch.")
    if root.is_relative_to((directory / folder).resolve()):
        raise UserError(f"{folder} holds the repository", "Name another folder: --to ../site.")
    return Folder(directory / folder)


def _baseline(directory: Path, name: str) -> "Origin":
    from smsrepo.git import door
    from smsrepo.git.checkout import checked_out
    from smsrepo.site.published.publishing import Origin
    from smsrepo.site.published.versions import BASELINE

    root, baseline, differing = checked(directory, name)
    if differing:
        raise FindingsError(
            f"the baseline {name} is not what the history says: {few(differing)}",
            f"Look at it: sms baseline --show {name}.",
        )
    committed = door.committed_at(root, [baseline.commit])[baseline.commit]
    return Origin(
        BASELINE, baseline.commit, committed, baseline.day, partial(checked_out, root, baseline.commit)
    )


def _worktree(root: Path, target: Path | None) -> "Origin":
    """What is on disk; without a commit of its own where something is not committed. The target does not count."""
    from smsrepo.git import door
    from smsrepo.git.worktree import uncommitted
    from smsrepo.site.published.publishing import Origin
    from smsrepo.site.published.versions import MOVING

    head = door.head(root)
    committed = door.committed_at(root, [head])[head] if head else None
    changed = [root / path for path in uncommitted(root)] if head else []
    clean = all(target and path.is_relative_to(target.resolve()) for path in changed)
    return Origin(MOVING, head if head and clean else "", committed, None, lambda: nullcontext(root))


def _said(outcome: "Outcome", where: str, seconds: float) -> str:
    version = outcome.version
    names = f", also as {', '.join(version.aliases)}" if version.aliases else ""
    mended = f" Put back what was gone or altered: {', '.join(outcome.mended)}." if outcome.mended else ""
    if outcome.pages:
        pages = count(outcome.pages, "page")
        told = f"Published {version.name} {where}{names}: {pages} as of {version.as_of}, in {seconds:.1f} s."
    elif outcome.listed:
        told = f"{version.name} was published {where} already; its title and aliases are new{names}."
    elif mended:
        told = f"{version.name} was published {where} already."
    else:
        told = f"{version.name} is published {where} already, and as it should be. Nothing to do."
    return told + mended
