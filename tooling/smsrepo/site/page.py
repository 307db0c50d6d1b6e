"""A page of the site, before any engine has seen it."""

import json
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Page:
    """Markdown at a path of the site.

    `source` is the repository file behind the page, for the edit link; None for what is computed.
    `imprint` is the line every printed page carries ("POL-001, revision 1.0, issued").
    `contents` and `menu` say whether the page has a table of contents and the menu at its side.
    Pages that are not `searchable` are kept out of the search index, the site map and web crawlers.
    """

    path: str
    title: str
    markdown: str
    source: str | None = None
    searchable: bool = True
    imprint: str = ""
    contents: bool = True
    menu: bool = True

    @property
    def text(self) -> str:
        """The file as engines read it: front matter and Markdown."""
        # Themes print titles as they are, so that what an author typed must not become markup.
        header: dict[str, object] = {"title": escape(self.title, quote=False).replace("{", "&#123;")}
        if self.imprint:
            header["imprint"] = escape(self.imprint)
        if not self.searchable:
            header |= {"search": {"exclude": True}, "robots": "noindex"}
        if not (self.contents and self.menu):
            header["hide"] = [
                name for name, shown in (("navigation", self.menu), ("toc", self.contents)) if not shown
            ]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
        return "\n".join(["---", *lines, "---", "", self.markdown.strip(), ""])
