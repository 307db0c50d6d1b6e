"""Workbooks for spreadsheets: the same content gives the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from smsrepo.errors import UserError

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORMULA = ("=", "+", "-", "@")
_LONGEST = 32_000
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: heads with the width of each column, and rows of texts and numbers."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | int]]


def workbook(sheets: Sequence[Sheet], day: date) -> bytes:
    """The sheets as XLSX, made as of a day. What begins like a formula is written as text."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        hint = 'Install it with: pip install "smsrepo[xlsx]". Without it there is --format csv.'
        raise UserError("a workbook needs the library openpyxl, which is not installed", hint) from error
    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in sheets:
        _fill(made, sheet)
    made.properties.creator = "smsrepo"
    return _packed(made, datetime(day.year, day.month, day.day))


def _fill(made: "Workbook", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font

    page = made.create_sheet(sheet.title)
    top = Alignment(vertical="top", wrap_text=True)
    for across, (head, width) in enumerate(sheet.columns, 1):
        _write(page.cell(1, across), head, top).font = Font(bold=True)
        page.column_dimensions[page.cell(1, across).column_letter].width = width
    for down, row in enumerate(sheet.rows, 2):
        for across, value in enumerate(row, 1):
            _write(page.cell(down, across), value, top)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _write(cell: Any, value: str | int, alignment: Any) -> Any:
    """The cell with its value; text that a spreadsheet would run stays text, also when somebody edits it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
        cell.data_type = "s"
    cell.alignment = alignment
    if isinstance(value, str) and value.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _packed(made: "Workbook", moment: datetime) -> bytes:
    """openpyxl notes when it wrote, in the properties and in each part of the archive: both are set."""
    from openpyxl.xml.functions import tostring

    raw = io.BytesIO()
    made.save(raw)
    made.properties.created = made.properties.modified = moment
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = (
                tostring(made.properties.to_tree()) if name == "docProps/core.xml" else source.read(name)
            )
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
