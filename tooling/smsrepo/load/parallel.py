"""Work shared between processes by fork: no start-up cost, results as marshalled plain data."""

import marshal
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")

WORTH_IT = 400
"""With fewer items than this, one process is faster."""


class _Child(NamedTuple):
    process: int
    reader: int


def map_shared(work: Callable[[Item], Any], items: Sequence[Item]) -> Iterator[Any]:
    """work(item) for every item, in order; each result must be marshallable.

    Every process takes each n-th item, so that all have as much to do even where long files stand together.
    """
    workers = min(os.cpu_count() or 1, 4)
    if len(items) < WORTH_IT or workers == 1 or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    with ExitStack() as stack:
        children = []
        for share in range(1, workers):
            children.append(_start(work, items[share::workers]))
            stack.callback(_end, children[-1])
        shares = [[work(item) for item in items[::workers]], *map(_answer, children)]
    for share, answer in enumerate(shares):
        if answer is None:  # a worker that failed is replaced, so that an error shows where it can be told
            shares[share] = [work(item) for item in items[share::workers]]
    for index in range(len(items)):
        answers = shares[index % workers] or []
        yield answers[index // workers]
        answers[index // workers] = None  # what has been taken need not be kept


def _start(work: Callable[[Any], Any], items: Sequence[Any]) -> _Child:
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return _Child(process, reader)
    status = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            marshal.dump([work(item) for item in items], pipe)
        status = 0
    finally:
        os._exit(status)  # no clean-up of the parent's state in the child


def _answer(child: _Child) -> list[Any] | None:
    """What a worker sent; None where it ended early."""
    with os.fdopen(os.dup(child.reader), "rb") as pipe:
        raw = pipe.read()
    try:
        answer: list[Any] = marshal.loads(raw)  # noqa: S302 - our own child wrote it
    except (EOFError, ValueError, TypeError):
        return None
    return answer


def _end(child: _Child) -> None:
    """No worker and no pipe outlives the call, whatever happened."""
    os.close(child.reader)
    with suppress(ProcessLookupError):
        os.kill(child.process, signal.SIGKILL)
    os.waitpid(child.process, 0)
