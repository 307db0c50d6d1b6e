"""How ids look."""

import re

ID = re.compile(r"[A-Z]{2,4}(?:-\d{4})?-\d{3,6}")
"""POL-001, or CHG-2026-0001 for a record. A pattern to search or match with, not anchored."""
