"""sms gate."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.past import NOT_BEGUN, find_root_of_history
from smsrepo.cli.receive import receive
from smsrepo.errors import FINDINGS, CannotRunError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from smsrepo.check.gate import Verdict
    from smsrepo.model.forge_facts import PullRequest


@click.command("gate")
@click.option(
    "--base", metavar="COMMIT", help="What is merged into; the tip of the main branch unless named."
)
@click.option("--head", metavar="COMMIT", default="HEAD", help="What would be merged; HEAD unless named.")
@click.option("--forge", metavar="NAME", help="Ask this forge for reviews: github.")
@click.option("--pull", type=int, metavar="NUMBER", help="The pull request on the forge.")
@click.option("--comment", is_flag=True, help="Also keep a comment with the verdict on the pull request.")
@click.option(
    "--pre-receive", is_flag=True, help="Run as the pre-receive hook of a repository: judge what is pushed."
)
@click.option("--history-only", is_flag=True, help="Leave the check of the files to sms check.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    help="How to print the verdict.",
)
@click.pass_obj
def command(
    directory: Path,
    base: str | None,
    head: str,
    forge: str | None,
    pull: int | None,
    comment: bool,
    pre_receive: bool,
    history_only: bool,
    format_: str,
) -> None:
    """Judge what merging a change would do, by the policy of the base.

    Tells for each changed document what happens to it, who must approve, who has and what is missing. Nothing of the
    change is executed, and the files on disk are not touched.
    """
    root = find_root_of_history(directory)
    if pre_receive:
        receive(root, files_too=not history_only)
        return
    _judge(root, base, head, forge, pull, comment, format_, files_too=not history_only)


def _judge(
    root: Path,
    base: str | None,
    head: str,
    forge: str | None,
    pull: int | None,
    comment: bool,
    format_: str,
    *,
    files_too: bool,
) -> None:
    from smsrepo.check import engine
    from smsrepo.check.catalogue import rules_of
    from smsrepo.check.gate import gate, without_control
    from smsrepo.check.merge import merged
    from smsrepo.check.reviewed import reviewed_commits
    from smsrepo.control.settings import Settings
    from smsrepo.git import door
    from smsrepo.load.snapshot import load
    from smsrepo.load.source import TreeSource

    tip, commit = door.resolve(root, base) if base else main_tip(root), door.resolve(root, head)
    request, queued = _request(forge, pull, commit)
    merge = merged(root, tip, commit, clock.now(), queued=queued)
    rules, repo = rules_of(root, tip).values(), load(TreeSource(root, merge.tree))
    files = engine.run(repo, rules if files_too else (), merge.step.day)
    if merge.history.genesis is None:
        click.echo(f"{NOT_BEGUN}: only the files are judged.", err=True)
        verdict = without_control(files, Settings(repo))
    else:
        reviewed = reviewed_commits(root, request) if request else {}
        verdict = gate(merge.history, merge.step, rules, files, request, reviewed)
    for note in _not_judged(root, head):
        click.echo(note, err=True)
    if commit == tip:
        nothing = f"Nothing to judge: {head} is the tip of the main branch. What is there, sms verify judges."
        click.echo(nothing, err=format_ != "text")
    if commit != tip or format_ != "text" or not verdict.passes:
        click.echo(_render(verdict, merge.step.day, format_), nl=False)
    _tell(verdict, merge.step.day, format_, forge if comment else None, request)
    if not verdict.passes:
        raise click.exceptions.Exit(FINDINGS)


def _not_judged(root: Path, head: str) -> "Iterator[str]":
    """What somebody may think was judged, and was not."""
    from smsrepo.git.worktree import uncommitted
    from smsrepo.load.source import CONTENT_FOLDERS

    if head == "HEAD" and (root / "sms").is_dir():
        paths = sorted(path for path in uncommitted(root) if path.partition("/")[0] in CONTENT_FOLDERS)
        if paths:
            more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
            yield f"Not judged, because not committed: {', '.join(paths[:3])}{more}"


def main_tip(root: Path) -> str:
    """The commit at the tip of the main branch: as the remote has it where there is one."""
    from smsrepo.git import door

    branch = door.default_branch(root)
    try:
        return door.resolve(root, f"refs/remotes/origin/{branch}")
    except UserError:
        return door.resolve(root, f"refs/heads/{branch}")


def _request(forge: str | None, pull: int | None, head: str) -> "tuple[PullRequest | None, bool]":
    """The pull request, and whether a merge queue made the head of it."""
    if forge is None and pull is None:
        return None, False
    from smsrepo.forge.forges import connect
    from smsrepo.forge.github_event import Event, event_of

    event = Event(pull, queued=False) if pull else event_of(os.environ) if forge == "github" else None
    if forge is None or event is None:
        raise UserError("--forge and --pull belong together", "Name both, or neither.")
    request = connect(forge, os.environ).pull(event.number)
    if request.head_commit != head and not event.queued:
        raise CannotRunError(
            f"the pull request is at {request.head_commit[:12]} by now, but {head[:12]} is judged",
            "Run the gate again on the newest commit.",
        )
    return request, event.queued


def _tell(
    verdict: "Verdict", on: "date", format_: str, forge: str | None, request: "PullRequest | None"
) -> None:
    """The verdict where people read it on a forge: in the summary of the workflow, in a comment."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY", "") if format_ == "github" else ""
    words = _render(verdict, on, "markdown") if summary or forge else ""
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(words)
    if forge and request:
        _comment(forge, request.number, words)


def _comment(forge: str, pull: int, words: str) -> None:
    from smsrepo.forge.forges import connect

    try:
        connect(forge, os.environ).comment(pull, "gate", words)
    except CannotRunError as error:  # a pull request from a fork may not be commented on; the verdict stands
        click.echo(f"The comment could not be written: {error.message}", err=True)


def _render(verdict: "Verdict", on: "date", format_: str) -> str:
    from smsrepo.export import github, verdict_text

    if format_ == "github":
        commands = "".join(github.command(finding) for finding in verdict.findings)
        return commands + github.harmless(verdict_text.text(verdict, on))
    renders = {"text": verdict_text.text, "markdown": verdict_text.markdown, "json": verdict_text.as_json}
    return renders[format_](verdict, on)
