"""What readers see of document control: the revision in force, who approved it, and what is on its way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smsrepo.model.proven import Approval, Proven
from smsrepo.site.control_block import control_block
from smsrepo.site.edition import publication_of
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication


@pytest.fixture(scope="module")
def past(pristine_past: Path) -> dict[str, Page]:
    """The pages of the demonstration with its past."""
    return pages_of(publication_of(pristine_past))


# (page, what it says, what it does not say)
PAGES = {
    "signed": ("policies/POL-002.md", ["**2.0**", "Effective", "2026-06-15 (signature)"], ["on its way"]),
    "to come": (
        "sms/registers/external-documents/EXT-005.md",
        [
            "**1.0**",
            "(review on the forge)",
            "Revision 1.1, approved. Until it is in force, this one applies.",
        ],
        [],
    ),
    "withdrawn": (
        "sms/procedures/PRO-003.md",
        ["no longer in force", "Obsolete"],
        ["Not in force: obsolete"],
    ),
    "reviewed": ("policies/POL-001.md", ["**1.0**", "Effective"], ["overdue"]),
    "register": (
        "register.md",
        ["298 in force, 0 drafted, in review or to come, 1 obsolete", "the history proves"],
        [],
    ),
}


@pytest.mark.parametrize(("path", "said", "unsaid"), PAGES.values(), ids=PAGES)
def test_page(past: dict[str, Page], path: str, said: list[str], unsaid: list[str]) -> None:
    text = past[path].markdown
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_search_finds_what_is_in_force(past: dict[str, Page]) -> None:
    assert past["policies/POL-002.md"].searchable
    assert not past["sms/procedures/PRO-003.md"].searchable


ANNA = Approval("anna-nowak", "top-management", date(2026, 3, 1), "signed")
# (what the history proves, what the head of the page says)
PROVEN = {
    "taken over": (
        Proven("effective", in_force=True, adopted=True),
        "Taken over when document control began; earlier approval is not proven here",
    ),
    "in review": (Proven("in review", in_force=False), "Not in force: in review"),
    "not committed": (Proven("not committed", in_force=False), "Nobody works by this text yet"),
    "in doubt": (
        Proven("effective", in_force=True, approvals=(ANNA,), suspect="a key was declared compromised"),
        "Approval in doubt",
    ),
    "drafted": (
        Proven("effective", in_force=True, approvals=(ANNA,), newest="1.1, draft"),
        "Revision 1.1, draft. Until it is in force, this one applies.",
    ),
}


@pytest.mark.parametrize(("proven", "said"), PROVEN.values(), ids=PROVEN)
def test_head_of_a_document(publication: Publication, proven: Proven, said: str) -> None:
    document = replace(publication.repo.by_id["POL-001"], proven=proven)
    assert said in control_block(Place(publication, "policies/POL-001.md", document))
