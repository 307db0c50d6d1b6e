"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Mapping, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(heads: Sequence[str], records: Sequence[Mapping[str, str]]) -> str:
    """A row of heads and one for each record; values that a spreadsheet would run as a formula are made harmless."""
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow(
            {name: f"'{value}" if value.startswith(_FORMULA) else value for name, value in record.items()}
        )
    return out.getvalue()
