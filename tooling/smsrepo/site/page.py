"""A page of the site, before any engine has seen it."""

import json
from dataclasses import dataclass
from enum import Enum
from html import escape


class Rank(Enum):
    """How much more search makes of a page than of an index that holds the same words.

    What people work by comes first, then indexes, then records. Rules and commands come last: words in a title count
    a thousand times as much as words in a text, and even so none is before a document.
    """

    ROLES = 20
    DOCUMENT = 10
    REGISTER_ENTRY = 4
    INDEX = 1
    RECORD = 0.2
    REFERENCE = 0.0001


@dataclass(frozen=True, slots=True)
class Page:
    """Markdown at a path of the site.

    `source` is the repository file behind the page, for the edit link; None for what is computed.
    `imprint` is the line every printed page carries ("POL-001, revision 1.0, issued").
    `classification` says at the foot of each printed page who may see it.
    `contents` and `menu` say whether the page has a table of contents and the menu at its side.
    `watermark` is what lies across each printed page of a text nobody works by: SUPERSEDED, OBSOLETE,
    NOT YET IN FORCE or DRAFT.
    `pdf` is the PDF of the page, by its path on the site, where the site has them.
    Pages that are not `searchable` are kept out of the search index, the site map and web crawlers; those that are
    not `crawled` out of the last two. By its `id`, where it has one, search finds a page before all others; by other
    words, according to its `rank`.
    """

    path: str
    title: str
    markdown: str
    source: str | None = None
    searchable: bool = True
    imprint: str = ""
    contents: bool = True
    menu: bool = True
    watermark: str = ""
    crawled: bool = True
    pdf: str = ""
    classification: str = ""
    id: str = ""
    rank: Rank = Rank.INDEX

    @property
    def text(self) -> str:
        """The file as engines read it: front matter and Markdown."""
        header: dict[str, object] = {"title": _shown(self.title)}
        if self.imprint:
            header["imprint"] = _shown(self.imprint)
        if self.classification:
            header["classification"] = _shown(self.classification)
        if self.watermark:
            header["watermark"] = self.watermark
        if self.pdf:
            header["pdf"] = self.pdf
        if not self.searchable:
            header["search"] = {"exclude": True}
        elif self.rank is not Rank.INDEX:
            header["search"] = {"boost": self.rank.value}
        if not (self.searchable and self.crawled):
            header["robots"] = "noindex"
        if not (self.contents and self.menu):
            header["hide"] = [
                name for name, shown in (("navigation", self.menu), ("toc", self.contents)) if not shown
            ]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
        return "\n".join(["---", *lines, "---", "", self.markdown.strip(), ""])


def _shown(text: str) -> str:
    """Themes print it as it is, in HTML and as one line of a style sheet: what an author typed must not be markup."""
    return escape(" ".join(text.split()), quote=False).replace("{", "&#123;")
