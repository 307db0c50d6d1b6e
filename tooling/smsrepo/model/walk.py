"""Ways through plain data."""

from collections.abc import Iterator
from typing import Any

from smsrepo.model.artefact_type import EACH_ITEM, EACH_VALUE, Pattern


def values_at(data: Any, pattern: Pattern, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every (JSON pointer, value) that a pattern reaches; nothing where the data has another shape."""
    if not pattern:
        yield pointer, data
        return
    step, rest = pattern[0], pattern[1:]
    if step == EACH_ITEM:
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield from values_at(item, rest, f"{pointer}/{index}")
    elif isinstance(data, dict):
        for key in data if step == EACH_VALUE else (step,):
            if key in data:
                yield from values_at(data[key], rest, f"{pointer}/{escape(key)}")


def escape(step: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")
