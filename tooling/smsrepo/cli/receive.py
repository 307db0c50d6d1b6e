"""The gate as the pre-receive hook of a repository: what is pushed to the main branch is judged before it is there."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from smsrepo.cli.check import FINDINGS
from smsrepo.errors import UserError


def receive(root: Path, *, files_too: bool) -> None:
    """Judge each `old new ref` on standard input that is about the main branch; anything else is let in."""
    from smsrepo.git import door

    ref = f"refs/heads/{door.default_branch(root)}"
    passed = [
        _judge(root, ref, *line.split()[:2], files_too=files_too)
        for line in sys.stdin
        if line.split()[2:] == [ref]
    ]
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
    history, today = load_history(root, new), datetime.now(UTC).date()
    if history.genesis is None:
        return True
    rules = (rules_of(root, known) if known else built_in()).values()  # never those of what is pushed
    files = engine.run(load(TreeSource(root, new)), rules if files_too else (), today)
    verdict = gate_push(history, known, rules, files, today)
    click.echo(verdict_text.text(verdict, today), nl=False)
    return verdict.passes
