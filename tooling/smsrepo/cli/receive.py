"""The gate as the pre-receive hook of a repository: what is pushed to the main branch is judged before it is there."""

import sys
from pathlib import Path

import click

from smsrepo.cli import clock
from smsrepo.errors import FINDINGS, UserError


def receive(root: Path, *, files_too: bool) -> None:
    """Judge each `old new ref` on standard input that is about the main branch; anything else is let in."""
    from smsrepo.git import door
    from smsrepo.git.worktree import current_branch

    main, named = door.default_branch(root), current_branch(root)
    pushed = [line.split() for line in sys.stdin]
    if any(name.startswith("refs/replace/") for _, _, name in pushed):
        raise UserError(
            "objects cannot be replaced here",
            "Replacements hide what was committed; nothing could be proven any more.",
        )
    ref = f"refs/heads/{main}"
    if named not in ("", main) and any(
        not old.strip("0") and name == f"refs/heads/{named}" for old, _, name in pushed
    ):
        # From then on it would be the main branch, and what is pushed to the one that is there would not be judged.
        raise UserError(
            f"HEAD of this repository names {named}, which is not there, while {main} is",
            f"On the server say which is the main branch: git symbolic-ref HEAD {ref}",
        )
    passed = [_judge(root, ref, *line[:2], files_too=files_too) for line in pushed if line[2:] == [ref]]
    if not all(passed):
        raise click.exceptions.Exit(FINDINGS)


def _judge(root: Path, ref: str, old: str, new: str, *, files_too: bool) -> bool:
    from smsrepo.check import engine
    from smsrepo.check.catalogue import built_in, rules_of
    from smsrepo.check.gate import gate_push
    from smsrepo.export import verdict_text
    from smsrepo.git import door
    from smsrepo.load.history import load_history
    from smsrepo.load.snapshot import load
    from smsrepo.load.source import TreeSource

    known = old if old.strip("0") else ""
    if not new.strip("0"):
        raise UserError(f"{ref} cannot be deleted", "It holds the history that proves what was approved.")
    if known and not door.continues(root, new, known):
        raise UserError(
            f"{ref} cannot be replaced: what is pushed does not continue it",
            "Fetch, rebase onto it, push again.",
        )
    history, day = load_history(root, new), clock.today()
    if history.genesis is None:
        return True
    rules = (rules_of(root, known) if known else built_in()).values()  # never those of what is pushed
    files = engine.run(load(TreeSource(root, new)), rules if files_too else (), day)
    verdict = gate_push(history, known, rules, files, day)
    click.echo(verdict_text.text(verdict, day), nl=False)
    return verdict.passes
