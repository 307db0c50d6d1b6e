"""Planned intervals, who approves what, and how long records are kept."""

from smsrepo.control.settings import CONTROL
from smsrepo.model.duration import Duration
from smsrepo.site.documents.beginning import beginning
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, plain, table, words

PATH = "control.md"


def control_page(publication: Publication) -> Page:
    """sms/control.yml for readers."""
    found = publication.repo.settings.get(CONTROL)
    data = found.data if found and found.fits else {}
    intervals = [
        [plain(words(name)), Duration(i["every"]).words, plain(i["why"])]
        for name, i in data.get("intervals", {}).items()
    ]
    reviews = [
        [_type(publication, name), Duration(every).words] for name, every in data.get("reviews", {}).items()
    ]
    began = beginning(publication)
    text = blocks(
        "# Planned intervals, approval and retention",
        blocks("## Planned intervals", table(["What", "Every", "Why"], intervals))
        if intervals
        else "Nothing is planned yet.",
        blocks("## Reviews of documents", table(["Type", "Every"], reviews)) if reviews else "",
        _approvals(publication, data.get("approvals", [])),
        blocks("## When document control began", began) if began else "",
        _retention(publication, data.get("retention", [])),
    )
    return Page(PATH, "Planned intervals, approval and retention", text, CONTROL)


def _approvals(publication: Publication, rows: list[dict[str, object]]) -> str:
    listed = [
        [
            "<br>".join(_type(publication, str(name)) for name in _list(row["types"])),
            ", ".join(publication.role(PATH, str(role)) for role in _list(row["approvers"])),
            str(row["persons"]),
            plain(words(str(row["assurance"]))),
        ]
        for row in rows
    ]
    return (
        blocks("## Who approves what", table(["Documents", "Approved by", "People", "Assurance"], listed))
        if listed
        else ""
    )


def _retention(publication: Publication, rows: list[dict[str, object]]) -> str:
    parts = ["## How long records are kept"] if rows else []
    for row in rows:
        kinds = ", ".join(_type(publication, str(name)) for name in _list(row["types"]))
        period = (
            f"{Duration(str(row['period'])).words}, counted from when the record is {plain(row['trigger'])}"
        )
        told = [
            ["Kept for", period],
            *([words(name), plain(row[name])] for name in ("protection", "disposal", "basis")),
        ]
        parts += [f"### {plain(words(str(row['class'])))}", kinds, table(["What", "How"], told)]
    return blocks(*parts)


def _type(publication: Publication, name: str) -> str:
    type_ = publication.repo.types.get(name)
    return publication.to(PATH, f"{type_.folder}/index.md", plain(type_.plural)) if type_ else plain(name)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
