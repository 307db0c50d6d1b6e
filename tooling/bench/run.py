"""Measures `sms check` against check-jsonschema on the same records with the same schema, in one run.

    python tooling/bench/run.py [--size 10000] [--runs 3] [--history]

Prints medians of whole processes, timed alternately, their ratio, and the share of each phase of the check.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus import write_corpus, write_history

from smsrepo.load.schema_files import uri_of

_BIN = Path(sys.executable).parent
_SCHEMA = "schemas/records/incident.schema.json"
TARGET = 8


def main() -> None:
    """Build the corpus, time both commands, print the figures; exit 1 where the target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=10_000, help="documents, and as many records")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--history",
        action="store_true",
        help="also write a git history of size/10 commits and check a commit",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sms-bench-") as folder:
        root = Path(folder)
        write_corpus(root, options.size)
        print(f"{options.size:,} documents and {options.size:,} records, {options.runs} runs")
        commands = {"sms check": [str(_BIN / "sms"), "-C", folder, "check"], "check-jsonschema": _peer(root)}
        if options.history:
            write_history(root, options.size)
            commands["sms check --at HEAD"] = [*commands["sms check"], "--at", "HEAD"]
        medians = _alternate(commands, options.runs, root)
        for name, seconds in medians.items():
            print(f"  {name:22} {seconds:8.2f} s")
        ratio = medians["check-jsonschema"] / medians["sms check"]
        print(f"sms check is {ratio:.1f} times as fast (target: {TARGET})")
        for name, seconds in _phases(root):
            print(f"  {name:22} {seconds:8.2f} s  (one process)")
    sys.exit(ratio < TARGET)


def _peer(root: Path) -> list[str]:
    """check-jsonschema on the records; it cannot follow references over two files, so it gets them in one."""
    import jsonschema_rs

    paths = [path.relative_to(root).as_posix() for path in (root / "schemas").rglob("*.json")]
    schemas = {uri_of(path): json.loads((root / path).read_text()) for path in paths}
    start = {"$id": uri_of(_SCHEMA), **schemas[uri_of(_SCHEMA)]}
    inlined = jsonschema_rs.dereference(
        start, registry=jsonschema_rs.Registry(list(schemas.items())), base_uri=uri_of(_SCHEMA)
    )
    (root / "inlined.json").write_text(json.dumps(inlined))
    records = sorted(str(path) for path in (root / "sms/records/incidents").glob("INC-2025-*.yml"))
    return [str(_BIN / "check-jsonschema"), "--schemafile", str(root / "inlined.json"), *records]


def _alternate(commands: dict[str, list[str]], runs: int, root: Path) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(_timed(command, root))
    return {name: statistics.median(found) for name, found in times.items()}


def _timed(command: Sequence[str], root: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds


def _phases(root: Path) -> list[tuple[str, float]]:
    """Seconds of each phase, measured in this process without sharing the work."""
    from datetime import date

    from smsrepo.check import catalogue, engine
    from smsrepo.export import text
    from smsrepo.load import parallel, snapshot
    from smsrepo.load.parse import parse_file
    from smsrepo.load.source import WorktreeSource

    parallel.WORTH_IT = sys.maxsize
    found: list[tuple[str, float]] = []

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = work()
        found.append((name, time.perf_counter() - started))
        return result

    source = WorktreeSource(root)
    files = timed("read files", source.files)
    timed(
        "parse",
        lambda: [parse_file(file.path, file.raw) for file in files if file.path.endswith((".md", ".yml"))],
    )
    repo = timed("load (all of it)", lambda: snapshot.load(source))
    rules = timed("import rules", lambda: catalogue.built_in().values())
    report = timed("run rules", lambda: engine.run(repo, rules, date(2026, 11, 20)))
    timed("print", lambda: text.render(report, len(repo.artefacts), 0, 0.0))
    return found


if __name__ == "__main__":
    main()
