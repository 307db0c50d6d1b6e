"""Exit codes, for whoever writes scripts and pipelines."""

from smsrepo.errors import EXIT_CODES
from smsrepo.site.page import Page, Rank
from smsrepo.site.text.markup import blocks, table, with_code

PATH = "guide/exit-codes.md"


def codes_page() -> Page:
    """What each exit code of `sms` says."""
    rows = [[str(code), with_code(meaning)] for code, meaning in EXIT_CODES.items()]
    head = (
        "# Exit codes\n\nA verdict is given with 0 or 1 only. Let a pipeline stop at everything else: a check "
        "that could not run has not passed."
    )
    text = blocks(head, table(["Code", "It means"], rows))
    return Page(PATH, "Exit codes", text, contents=False, rank=Rank.REFERENCE)
