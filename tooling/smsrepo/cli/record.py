"""sms record."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.common import find_repository
from smsrepo.cli.past import NOT_BEGUN
from smsrepo.errors import UserError

if TYPE_CHECKING:
    from smsrepo.check.collect import Recording
    from smsrepo.control.people import Collector
    from smsrepo.control.statement import Statement
    from smsrepo.forge.forge import Forge
    from smsrepo.model.forge_facts import PullRequest

KEY = "SMS_COLLECTOR_KEY"
_LAG = timedelta(hours=1)
"""How long after a commit a forge may still have to link it with its pull request."""
_PAUSE = 5  # seconds


@click.command("record")
@click.option("--forge", metavar="NAME", required=True, help="Ask this forge for reviews: github.")
@click.option("--pull", type=int, metavar="NUMBER", help="Only what this merged pull request brought.")
@click.option("--merge", metavar="COMMIT", help="Only what this commit of the main branch brought.")
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"The collector's private key; otherwise the text of the key is in {KEY}.",
)
@click.option(
    "--wait",
    type=click.IntRange(min=0),
    default=0,
    metavar="SECONDS",
    help="How long to wait for the forge to link a new commit with its pull request.",
)
@click.option("--commit", is_flag=True, help="Also commit the statements, and nothing else.")
@click.pass_obj
def command(
    directory: Path,
    forge: str,
    pull: int | None,
    merge: str | None,
    key: Path | None,
    wait: int,
    commit: bool,
) -> None:
    """Record the reviews on a forge as approvals, after the merge.

    Looks at everything on the main branch that waits for an approval, asks the forge for the pull request that
    brought it, and writes the reviews that count as statements, signed with the collector's key. Run by a workflow;
    repeating it changes nothing.
    """
    from smsrepo.check.collect import recording
    from smsrepo.forge.forges import connect
    from smsrepo.git import door
    from smsrepo.load.history import load_history

    root = find_repository(directory)
    tip, now = _main_branch(root), clock.now()
    history = load_history(root, tip)
    if history.genesis is None:
        click.echo(f"Nothing to record: {NOT_BEGUN}.")
        return
    open_ = recording(history, now)
    asked = connect(forge, os.environ)
    only = door.resolve(root, merge) if merge else None
    young = {step.commit for step in history.steps if now - step.claimed < _LAG}
    pulls = _pull(asked, pull, open_) if pull else _pulls(asked, open_, only, wait, young)
    statements = _new(root, _statements(root, open_, pulls, door.default_branch(root)))
    if not statements:
        click.echo("Nothing to record: no review counts for what waits for approval.")
        return
    _write(root, open_, statements, key, commit)


def _main_branch(root: Path) -> str:
    from smsrepo.git import door

    branch = door.default_branch(root)
    tip = door.resolve(root, f"refs/heads/{branch}")
    if door.head(root) != tip:
        raise UserError(
            f"this is not the tip of {branch}", f"Reviews are recorded there: git switch {branch}"
        )
    return tip


def _pull(forge: "Forge", number: int, open_: "Recording") -> "list[tuple[list[str], PullRequest]]":
    """The commits of one pull request that still wait: after a rebase there are several."""
    request = forge.pull(number)
    if request.merge_commit is None:
        raise UserError(f"pull request {number} is not merged", "Reviews are recorded once it is.")
    commits = [c for c in open_.waiting if c == request.merge_commit or _number_of(forge, c) == number]
    return [(commits, request)]


def _number_of(forge: "Forge", commit: str) -> int | None:
    request = forge.pull_of(commit)
    return request.number if request else None


def _pulls(
    forge: "Forge", open_: "Recording", only: str | None, wait: int, young: set[str]
) -> "list[tuple[list[str], PullRequest]]":
    """The pull requests behind what waits, each with its commits."""
    found: dict[int, tuple[list[str], PullRequest]] = {}
    for commit in open_.waiting:
        if only in (None, commit) and (request := _pull_of(forge, commit, wait if commit in young else 0)):
            found.setdefault(request.number, ([], request))[0].append(commit)
    return list(found.values())


def _pull_of(forge: "Forge", commit: str, wait: int) -> "PullRequest | None":
    end = time.monotonic() + wait
    while (request := forge.pull_of(commit)) is None and time.monotonic() < end:
        time.sleep(min(_PAUSE, wait))
    return request


def _statements(
    root: Path, open_: "Recording", pulls: "list[tuple[list[str], PullRequest]]", branch: str
) -> "list[Statement]":
    from smsrepo.check.reviewed import reviewed_commits

    found: list[Statement] = []
    for commits, request in pulls:
        if request.base_branch != branch:  # what it brought came to the main branch another way
            continue
        statements, refusals = open_.statements(commits, request, reviewed_commits(root, request))
        found += statements
        for refusal in dict.fromkeys(refusals):
            click.echo(f"Does not count: {refusal.path}: {refusal.reason}")
    return found


def _new(root: Path, statements: "list[Statement]") -> "list[Statement]":
    """Those that are not written yet. One that is, and still does not count, was refused when it came."""
    from smsrepo.control.statement import path_of, render

    paths = {path_of(said, render(said)): said for said in statements}
    for path in paths:
        if (root / path).exists():
            click.echo(f"Recorded already: {path}. If it was refused, a new review on the forge is needed.")
    return [said for path, said in paths.items() if not (root / path).exists()]


def _write(
    root: Path, open_: "Recording", statements: "list[Statement]", key: Path | None, commit: bool
) -> None:
    from smsrepo.git import ssh
    from smsrepo.pack.signing import Pen, signed, write_together

    with _key_file(key) as file:
        line = ssh.public_key_of(file)
        collector = open_.collector(statements, line)
        files = signed(statements, Pen(file, line))
    open_.refuse_what_would_not_count(files)
    write_together(root, files)
    for said in statements:
        subjects = ", ".join(f"{subject.name} {subject.revision}".strip() for subject in said.subjects)
        click.echo(f"Recorded: {said.name}, {said.role}: {said.meaning.lower()}: {subjects}")
    if commit:
        click.echo(f"Committed as {_committed(root, list(files), collector)[:12]}. Push it.")
    else:
        click.echo("Commit the new files under sms/approvals, and push them.")


@contextmanager
def _key_file(named: Path | None) -> Iterator[Path]:
    """The file that was named, or a private one with the text in the environment, for as long as it is needed."""
    if named:
        yield named
        return
    text = os.environ.get(KEY, "").strip()
    if not text:
        raise UserError(
            "there is no key to sign with", f"Name the collector's key: --key FILE, or its text in {KEY}."
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "collector")
        file.touch(mode=0o600)
        file.write_text(text.replace("\r\n", "\n") + "\n", encoding="utf-8")
        yield file


def _committed(root: Path, paths: list[str], collector: "Collector") -> str:
    """The commit of the collector: no person's, and no address that could ever be one's."""
    from smsrepo.git import door

    address = f"{collector.id}@collector.invalid"
    identity = {
        f"GIT_{who}_{what}": is_
        for who in ("AUTHOR", "COMMITTER")
        for what, is_ in (("NAME", collector.id), ("EMAIL", address))
    }
    before = dict(os.environ)
    os.environ.update(identity)
    try:
        return door.commit_paths(root, paths, "Record the reviews of merged pull requests")
    finally:
        for name in identity:
            os.environ.pop(name)
        os.environ.update({name: before[name] for name in identity if name in before})
