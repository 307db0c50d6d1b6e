"""Material's search, made to find pages by their ids: an id is one word, and belongs to the title of its page."""

import re
from html import escape
from importlib import resources
from itertools import takewhile
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_PLUGIN = "material/search"
_SEPARATOR = r"(?:\s|-(?!\d))+"
"""Between words: spaces, and hyphens but those before a digit, as in POL-001."""
_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")


def keep_ids_whole(config: MkDocsConfig) -> None:
    """Sets where words end, unless mkdocs.yml does. To be called before the search reads its settings."""
    if plugin := config.plugins.get(_PLUGIN):
        plugin.config["separator"] = plugin.config["separator"] or _SEPARATOR


def read_queries_alike(files: Files, config: MkDocsConfig) -> None:
    """Puts a script that splits what readers type as the index is split in the place of the theme's."""
    fixes = resources.files("smsrepo.site.engines").joinpath("search_fixes.js").read_text(encoding="utf-8")
    for file in [file for file in files if _WORKER.fullmatch(file.src_uri)]:
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=file.content_string + fixes))


def give_id(config: MkDocsConfig, url: str, id_: str) -> None:
    """Puts the id before the title of the page at this address, in the index alone; its entries are the last ones."""
    search = search_of(config)
    if search is None or not id_:
        return
    own = takewhile(
        lambda entry: entry["location"].partition("#")[0] == url, reversed(search.search_index.entries)
    )
    for entry in own:
        if entry["location"] == url:
            entry["title"] = f"{escape(id_, quote=False)} {entry['title']}"


def search_of(config: MkDocsConfig) -> Any:
    """Material's search, whose index keeps its entries; None where the site has another search or none."""
    return next(
        (p for p in config.plugins.values() if hasattr(getattr(p, "search_index", None), "entries")), None
    )
