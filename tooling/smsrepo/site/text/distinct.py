"""Names of pages and anchors: fit for an address, and no two the same."""

import re
from collections.abc import Mapping
from itertools import chain, count

_UNFIT = re.compile(r"[^\w/-]")


def fit(path: str) -> str:
    """The path with a dash for every character that an address, or a link to it, would take for something else."""
    return _UNFIT.sub("-", path)


def distinct(wanted: Mapping[str, str]) -> dict[str, str]:
    """A name for each thing: as wanted for the first that asks for it, with a number behind it for the others.

    Names that differ in case only are one file on many machines, so they count as the same.
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    for thing, name in wanted.items():
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        found[thing] = next(one for one in names if one.casefold() not in taken)
        taken.add(found[thing].casefold())
    return found
