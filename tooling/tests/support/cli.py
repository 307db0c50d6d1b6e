"""Runs `sms` in this process, as main() would run it."""

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from smsrepo.cli.main import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def sms(*arguments: str | Path, cwd: Path | None = None, typed: str | None = None) -> Ran:
    """Exit code, standard output and standard error of `sms ARGUMENTS`. `typed` is typed at a terminal."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    stdin = io.StringIO(typed or "")
    stdin.isatty = lambda: typed is not None  # type: ignore[method-assign]
    stdin.buffer = io.BytesIO()  # type: ignore[attr-defined] # MkDocs compares files with it
    code: object = None
    try:
        if cwd is not None:
            os.chdir(cwd)
        with (
            mock.patch.object(sys, "argv", ["sms", *map(str, arguments)]),
            mock.patch.object(sys, "stdin", stdin),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as exit_:
                code = exit_.code
    finally:
        os.chdir(before)
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())
