"""What is written anew into the text of authors: notes of open decisions, and fences of code."""

import re

from smsrepo.site.text.markup import code, plain

_WORD = re.compile(r"[a-zA-Z][\w+-]*")


def decision(question: str, indent: str, *, inline: bool) -> str:
    """A decision that is still open, where readers see it."""
    words = plain(" ".join(question.split()))
    if inline:
        return f"**To be decided:** {words}"
    return f'\n{indent}!!! question "To be decided"\n\n{indent}    {words}\n\n'


def code_lines(block: str) -> str:
    """A block of code as inline code, line by line."""
    return "<br>".join(code(line.strip()) for line in block.splitlines())


def closed_fence(block: str, about: str, indent: str, margin: int) -> str:
    """A block of code with nothing but a language in its opening line, and with an end.

    Engines take attributes from the opening line, a fence without end for no fence at all, and some also one that
    is indented: with a `margin`, that is how far lines are moved to the left.
    """
    first, _, rest = block.partition("\n")
    if margin:
        indent = ""
        rest = "\n".join(line[min(margin, len(line) - len(line.lstrip(" "))) :] for line in rest.split("\n"))
    fence = first[: len(first) - len(first.lstrip(first[:1]))]
    language = _WORD.match(about)
    content = rest.rstrip()
    last = content.rpartition("\n")[2].strip(" >")
    closed = last.startswith(fence) and not last.strip(fence[0])
    end = "" if closed else f"\n{indent}{fence}\n"
    return f"{fence}{language[0] if language else ''}\n{content}{end}"
