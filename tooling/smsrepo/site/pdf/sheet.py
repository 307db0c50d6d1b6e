"""Pages as HTML for paper: each with the marks that a controlled document carries when it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib import resources

from smsrepo.site.pdf.paper_text import Text, anchor_of, linked

LANGUAGE = "en"
_LONGEST = 10  # letters of a watermark that fit across a page in their usual size


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the site that goes on paper. `label` names it in outlines ("POL-001 Service policy").

    `imprint` is what stands at the foot ("POL-001, revision 1.0, effective"), `watermark` what lies across pages that
    nobody may work by ("SUPERSEDED"), or "".
    """

    text: Text
    label: str
    imprint: str
    classification: str = ""
    author: str = ""
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """What all sheets of a PDF have in common: whose it is, the day it is judged by, the day it is made."""

    organisation: str
    as_of: date
    made: date

    @property
    def told(self) -> str:
        """The day of the PDF in words, for the foot of each page."""
        if self.as_of == self.made:
            return f"Made on {self.made}"
        return f"As of {self.as_of}, made on {self.made}"


@dataclass(frozen=True, slots=True)
class About:
    """What the PDF says of itself to programs that list and search files."""

    title: str
    author: str
    keywords: Sequence[str]


def html_of(
    printing: Printing, about: About, sheets: Sequence[Sheet], front: str = "", back: str = ""
) -> str:
    """The HTML of a PDF: sheets, each on a page of its own, between `front` and `back` (HTML of ours)."""
    places = {sheet.text.page: sheet.text for sheet in sheets}
    facts = {
        "author": about.author,
        "keywords": ", ".join(about.keywords),
        "generator": "smsrepo",
        "dcterms.created": f"{printing.made}T00:00:00Z",
        "dcterms.modified": f"{printing.made}T00:00:00Z",
    }
    head = "".join(f'<meta name="{name}" content="{escape(fact)}">' for name, fact in facts.items() if fact)
    body = "".join(_article(printing, sheet, linked(sheet.text, places)) for sheet in sheets)
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><title>{escape(about.title)}</title>'
        f"{head}<style>{_style('sheet.css')}</style></head><body>{front}{body}{back}</body></html>"
    )


def marks_of(printing: Printing, label: str, imprint: str, classification: str = "") -> str:
    """The marks of a part of a PDF, as attributes that the style sheet puts at head and foot of its pages."""
    marks = {
        "data-title": label,
        "data-organisation": printing.organisation,
        "data-classification": classification,
        "data-imprint": imprint,
        "data-made": printing.told,
    }
    return "".join(f' {name}="{escape(mark)}"' for name, mark in marks.items())


def _article(printing: Printing, sheet: Sheet, html: str) -> str:
    marks = marks_of(printing, sheet.label, sheet.imprint, sheet.classification)
    long = " long" if len(sheet.watermark) > _LONGEST else ""
    mark = f'<p class="watermark{long}"><b>{escape(sheet.watermark)}</b></p>' if sheet.watermark else ""
    return f'<article class="sheet" id="{escape(anchor_of(sheet.text.page))}"{marks}>{mark}{_drawn(html)}</article>'


def _drawn(html: str) -> str:
    """Drawings are images of their own, which know no style but what stands in them."""
    return html.replace("</svg>", f"<style>{_style('drawing.css')}</style></svg>")


@cache
def _style(name: str) -> str:
    return (resources.files("smsrepo.site.pdf") / "style" / name).read_text("utf-8")
