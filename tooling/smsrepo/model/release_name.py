"""Names of releases: of a baseline, of its tag, and of its folder on the site."""

import re

from smsrepo.errors import UserError

IN_FORCE = "latest"
"""The alias of the version by which people work: the root of the site leads there."""
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,49}")


def release_name(text: str, what: str) -> str:
    """The name itself; raises UserError for one that cannot be a tag, a folder and a part of an address
    everywhere, and for the one of the version in force.
    """
    if text.casefold() == IN_FORCE:
        raise UserError(
            f"`{text}` cannot be the name of {what}: the site calls the version in force so",
            "Choose another name, such as 2026.1.",
        )
    if (
        _NAME.fullmatch(text)
        and ".." not in text
        and not text.endswith((".", ".lock", ".html", ".json", ".txt"))
    ):
        return text
    raise UserError(
        f"`{text}` is no name for {what}",
        "Use up to 50 letters, digits, dots, dashes and underscores, such as 2026.1.",
    )
