"""Text that stays text in Markdown on a forge."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&$])")


def plain(words: str) -> str:
    """No markup, no table cell, no link under other words, no mention of anybody; one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split())).replace("@", "@\u200b")
