"""What somebody may have meant."""

from collections.abc import Iterable

_MANY = 2000


def closest(wrong: str, known: Iterable[str], similarity: float = 0.6) -> str:
    """The most similar known word, or an empty string; among very many words none is looked for."""
    import difflib

    words = list(known)
    found = difflib.get_close_matches(wrong, words, 1, similarity) if len(words) <= _MANY else []
    return found[0] if found else ""


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """ "Did you mean `x`?", or what to say where nothing is similar."""
    close = closest(wrong, known)
    return f"Did you mean `{close}`?" if close else otherwise
