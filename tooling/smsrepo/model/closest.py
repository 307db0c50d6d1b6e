"""What somebody may have meant."""

from collections.abc import Collection, Iterable

from smsrepo.model.words import few

_MANY = 2000
_CLOSE, _ALIKE = 0.8, 0.6
_SHORT = 4


def closest(wrong: str, known: Iterable[str], similarity: float = _ALIKE) -> str:
    """The most similar known word, or an empty string; among very many words none is looked for."""
    import difflib

    words = list(known)
    found = difflib.get_close_matches(wrong, words, 1, similarity) if len(words) <= _MANY else []
    return found[0] if found else ""


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """ "Did you mean `x`?", or what to say where nothing is similar.

    Of names such as `policy-change` one part is enough: `polcy` may mean each of them.
    """
    names = list(known)
    close = closest(wrong, names, _CLOSE)
    several = [] if close else _with_part(wrong, names)
    if len(several) > 1:
        return f"Did you mean one of these: {few(several)}?"
    close = close or "".join(several) or closest(wrong, names)
    return f"Did you mean `{close}`?" if close else otherwise


def _with_part(wrong: str, names: Collection[str]) -> list[str]:
    """The names of which one part is most similar; short ones and numbers say too little."""
    parts = {part for name in names for part in name.split("-") if len(part) >= _SHORT and part.isalpha()}
    part = closest(wrong, sorted(parts), _CLOSE)
    return [name for name in names if part and part in name.split("-")]
