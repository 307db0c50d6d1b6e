"""Small matters of language."""


def count(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
