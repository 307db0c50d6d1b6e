"""The line and column of a pointer, found only when a finding is shown: the file is composed again."""

from smsrepo.load.parse import header_of
from smsrepo.load.yaml_dialect import Position, positions


def of_file(path: str, text: str) -> dict[str, Position]:
    """The positions of all values in a file that parses."""
    return positions(*header_of(path, text))


def locate(path: str, text: str, pointer: str, *, at_key: bool = False) -> tuple[int, int]:
    """(line, column) of the value at a pointer, or of its closest parent that exists; (1, 1) for the top."""
    places = of_file(path, text)
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    if not pointer:
        return 1, 1
    return places[pointer].key if at_key else places[pointer].value
