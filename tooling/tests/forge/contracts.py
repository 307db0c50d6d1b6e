"""The published shapes of GitHub's answers and requests, as excerpts in contract/."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parent / "contract"


@cache
def contract(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / f"{name}.json").read_text()))


def violations(name: str, data: object, *, many: bool = False) -> list[str]:
    """Where data is not of a published shape; a list of such things where `many`."""
    things = data if many and isinstance(data, list) else [data]
    return [
        f"{name} {e.json_path}: {e.message}" for thing in things for e in contract(name).iter_errors(thing)
    ]
