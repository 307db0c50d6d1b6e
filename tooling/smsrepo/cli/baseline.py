"""sms baseline."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli import clock
from smsrepo.cli.past import find_history, find_root_of_history
from smsrepo.errors import FINDINGS, FindingsError, UserError

if TYPE_CHECKING:
    from smsrepo.control.baseline import Baseline
    from smsrepo.git.tags import Tag


@click.command("baseline")
@click.argument("name", required=False)
@click.option("--show", metavar="NAME", help="Print a baseline, and compare it with what the history says.")
@click.option("--list", "listed", is_flag=True, help="List all baselines.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "names"]),
    default="text",
    help="How to print; names is for --list, one a line.",
)
@click.pass_obj
def command(directory: Path, name: str | None, show: str | None, listed: bool, format_: str) -> None:
    """Mark a release of the management system with a tag, NAME such as 2026.1.

    The message of the tag lists every revision in force: its id, digest, since when, and who approved it. The
    repository must be proven (sms verify), everything committed, and HEAD the tip of the main branch.
    """
    if (name is not None) + (show is not None) + listed != 1:
        raise UserError(
            "say what to do: make, show or list",
            "sms baseline 2026.1, sms baseline --show 2026.1, or --list.",
        )
    if listed:
        _list(directory, format_)
    elif show is not None:
        _show(directory, show, format_)
    elif name is not None:
        _make(directory, name)


def _make(directory: Path, name: str) -> None:
    from smsrepo.check.catalogue import built_in
    from smsrepo.check.verify import verify
    from smsrepo.control.baseline import baseline_of, render
    from smsrepo.export.baseline_text import summary
    from smsrepo.git import tags
    from smsrepo.git.worktree import uncommitted
    from smsrepo.model.finding import Severity
    from smsrepo.model.release_name import release_name
    from smsrepo.model.words import count, few

    release_name(name, "a baseline")
    root, history = find_history(directory)
    if name.casefold() in {known.casefold() for known in tags.names(root)}:
        raise UserError(f"there is a tag `{name}` already", "Choose another name; a baseline is never moved.")
    _refuse_other_commit(root)
    if changed := sorted(uncommitted(root)):
        raise UserError(f"not everything is committed: {few(changed)}", "Commit it, or put it away first.")
    proof = verify(history, built_in().values(), None, clock.today())
    errors = [found for found in proof.findings if found.severity is Severity.ERROR]
    if errors:
        raise FindingsError(
            f"the history is not proven: {count(len(errors), 'error')}. {errors[0].path}: {errors[0].message}",
            "See all with sms verify.",
        )
    baseline = baseline_of(proof.register, name, proof.on)
    tags.make(root, name, baseline.commit, render(baseline))
    click.echo(f"Baseline {name}: {summary(baseline)}, as of {baseline.day}.")
    click.echo(f"Share it: git push origin {name}. Publish it: sms site publish --tag {name} --to FOLDER")


def _refuse_other_commit(root: Path) -> None:
    """A release is marked where the main branch stands now, not beside it and not in its past."""
    from smsrepo.git import door, main_branch
    from smsrepo.git.worktree import current_branch

    branch, main, commit = current_branch(root), door.default_branch(root), door.head(root) or ""
    # CI checks commits out without a branch.
    if (branch and branch != main) or not (branch or main_branch.is_on_main(root, commit)):
        raise UserError(
            f"a baseline marks the main branch {main}, and this is {branch or 'a commit that is not on it'}",
            f"Go there: git switch {main}.",
        )
    for name, tip in main_branch.tips(root).items():
        if door.continues(root, commit, tip):
            continue
        if not door.continues(root, tip, commit):
            raise UserError(
                f"a baseline marks the tip of the main branch, and this commit and {name} went different ways",
                f"Bring {main} in line with {name} first.",
            )
        forward = "" if name == main else f", then git merge --ff-only {name}"
        raise UserError(
            f"a baseline marks the tip of the main branch, and this commit is behind {name}",
            f"Go there: git switch {main}{forward}.",
        )


def _list(directory: Path, format_: str) -> None:
    from smsrepo.export import baseline_text
    from smsrepo.git import tags

    found = []
    for tag in tags.tags(find_root_of_history(directory)):
        kept = _read(tag)
        if flaw := _flaw(tag, kept):
            name = tag.name if tag.name.isprintable() else ascii(tag.name)
            click.echo(f"Warning: the tag `{name}` is left out: {flaw}.", err=True)
        elif kept:
            found.append(kept)
    if format_ == "json":
        click.echo(baseline_text.as_json(found), nl=False)
    elif format_ == "names":
        click.echo("".join(f"{one.name}\n" for one in found), nl=False)
    else:
        click.echo(baseline_text.listing(found) or "There is no baseline yet.\n", nl=False)


def _show(directory: Path, name: str, format_: str) -> None:
    from smsrepo.export import baseline_text

    _, kept, differing = checked(directory, name)
    render = baseline_text.text if format_ == "text" else lambda one: baseline_text.as_json([one])
    click.echo(render(kept), nl=False)
    for line in differing:
        click.echo(f"Error: {line}", err=True)
    if differing:
        raise click.exceptions.Exit(FINDINGS)
    click.echo("The history says the same.", err=True)


def checked(directory: Path, name: str) -> "tuple[Path, Baseline, list[str]]":
    """The root, the baseline with a name, and how it differs from what the history says.

    Raises UserError where there is no such baseline.
    """
    from smsrepo.control.baseline import baseline_of, differences
    from smsrepo.control.register import register_of
    from smsrepo.git import main_branch, tags
    from smsrepo.model.release_name import release_name

    root = find_root_of_history(directory)
    release_name(name, "a baseline")
    tag = next((one for one in tags.tags(root) if one.name == name), None)
    kept = _read(tag) if tag else None
    if tag is None or kept is None:
        raise UserError(
            _why_none(root, name, tag),
            "See those there are: sms baseline --list. Make one: sms baseline NAME.",
        )
    _, history = find_history(directory, tag.commit)
    now = baseline_of(register_of(history), name, kept.day)
    on_main = main_branch.is_on_main(root, tag.commit)
    strays = [] if on_main else [f"commit {tag.commit[:10]} is not on the main branch"]
    return root, kept, [*strays, *differences(kept, now)]


def _why_none(root: Path, name: str, tag: "Tag | None") -> str:
    from smsrepo.git import tags

    if tag and (flaw := _flaw(tag, None)):
        return f"the tag `{name}` is no baseline: {flaw}"
    return (
        f"the tag `{name}` is no baseline" if name in tags.names(root) else f"there is no baseline `{name}`"
    )


def _read(tag: "Tag") -> "Baseline | None":
    from smsrepo.control import baseline

    try:
        return baseline.read(tag.message)
    except ValueError:
        return None


def _flaw(tag: "Tag", kept: "Baseline | None") -> str:
    """Why a tag that calls itself a baseline is none; "" for a sound one, and for a tag about something else."""
    from smsrepo.control import baseline
    from smsrepo.model.release_name import release_name

    if kept is None:
        return "its message was altered" if baseline.claims_to_be_one(tag.message) else ""
    if kept.name != tag.name:
        return f"its message is that of the baseline `{kept.name}`"
    try:
        release_name(tag.name, "a baseline")
    except UserError as error:
        return error.message
    return ""
