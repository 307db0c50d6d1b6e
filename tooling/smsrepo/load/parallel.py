"""Work shared between processes by fork: no start-up cost, results as marshalled plain data."""

import marshal
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

WORTH_IT = 400
"""With fewer items than this, one process is faster."""


def map_shares(work: Callable[[int, int], Any], count: int) -> list[Any]:
    """[work(start, stop), …] over shares of range(count), in order; each result must be marshallable."""
    workers = min(os.cpu_count() or 1, 4)
    if count < WORTH_IT or workers == 1 or not hasattr(os, "fork"):
        return [work(0, count)]
    bounds = [count * i // workers for i in range(workers + 1)]
    children = [_start(work, start, stop) for start, stop in pairwise(bounds[1:])]
    first = work(bounds[0], bounds[1])
    return [first, *_collect(children)]


def _start(work: Callable[[int, int], Any], start: int, stop: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    status = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            marshal.dump(work(start, stop), pipe)
        status = 0
    finally:
        os._exit(status)  # no clean-up of the parent's state in the child


def _collect(children: Sequence[tuple[int, int]]) -> list[Any]:
    results = []
    failed = False
    for child, reader in children:
        with os.fdopen(reader, "rb") as pipe:
            raw = pipe.read()
        _, status = os.waitpid(child, 0)
        failed = failed or status != 0
        results.append(None if failed else marshal.loads(raw))  # noqa: S302 - our own child wrote it
    if failed:
        raise RuntimeError("a worker process ended early")
    return results
