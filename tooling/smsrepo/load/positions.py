"""The line and column of a pointer, found only when a finding is shown: the file is composed again."""

from smsrepo.load.parse import header_of
from smsrepo.load.yaml_dialect import Position, positions


def of_file(path: str, text: str) -> dict[str, Position]:
    """The positions of all values in a file that parses."""
    return positions(*header_of(path, text))


def locate_all(
    path: str, text: str, wanted: list[tuple[str, bool]]
) -> dict[tuple[str, bool], tuple[int, int]]:
    """Places by (pointer, whether its field name is meant), as locate() finds them."""
    places = of_file(path, text)
    return {(pointer, at_key): _locate(places, pointer, at_key=at_key) for pointer, at_key in wanted}


def locate(path: str, text: str, pointer: str, *, at_key: bool = False) -> tuple[int, int]:
    """(line, column) of the value at a pointer, or of its closest parent that exists; (1, 1) for the top."""
    return _locate(of_file(path, text), pointer, at_key=at_key)


def _locate(places: dict[str, Position], pointer: str, *, at_key: bool) -> tuple[int, int]:
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    if not pointer:
        return 1, 1
    return places[pointer].key if at_key else places[pointer].value
