"""The guide: a first hour, what each role does, and the reference. It comes with smsrepo and is the same everywhere."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from smsrepo.site.guide.codes import codes_page
from smsrepo.site.guide.commands import command_pages
from smsrepo.site.guide.settings import settings_page
from smsrepo.site.guide.types import type_pages
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication

FOLDER = "guide"
INDEX = f"{FOLDER}/index.md"
TUTORIAL = "first-hour"
ROLES = ("document-owner", "approver", "auditor", "service-manager", "forge-administrator")
"""The pages for people, in the order in which the menu lists them."""

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_DIRECTION = re.compile(r"^<!-- stage: .* -->\n+", re.MULTILINE)
_FENCE = re.compile(r"^( *```console).*$", re.MULTILINE)


def guide_pages(publication: Publication) -> Iterator[Page]:
    """The texts of the guide, then what is written from the code and the schemas."""
    for name, text in texts().items():
        yield Page(f"{FOLDER}/{name}.md", title(name), shown(text))
    yield from command_pages()
    yield from type_pages(publication)
    yield settings_page(publication)
    yield codes_page()


@cache
def texts() -> dict[str, str]:
    """The Markdown of the guide by name, as it is written: with the directions that only our tests follow."""
    folder = resources.files("smsrepo.site.guide") / "texts"
    names = ("index", TUTORIAL, *ROLES)
    return {name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in names}


def title(name: str) -> str:
    """The title of a page of the guide."""
    found = _TITLE.search(texts()[name])
    return found[1] if found else name


def shown(text: str) -> str:
    """A text without what is for tests alone: stage directions, and how a block is run."""
    return _FENCE.sub(r"\1", _DIRECTION.sub("", text))


def guide_menu() -> list[Any]:
    """The part of the menu for the guide. The rules stand elsewhere in the menu already."""
    people = [{title(name): f"{FOLDER}/{name}.md"} for name in (TUTORIAL, *ROLES)]
    reference = [
        {"Commands": "guide/commands.md"},
        {"Types and fields": "guide/types.md"},
        {"Settings": "guide/settings.md"},
        {"Exit codes": "guide/exit-codes.md"},
    ]
    return [INDEX, *people, {"Reference": reference}]
