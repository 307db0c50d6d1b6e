"""What readers see of document control: the revision in force, who approved it, and what is on its way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.model.proven import Approval, Proven
from smsrepo.site.documents.control_block import control_block
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
    "signed": (
        "policies/POL-002.md",
        ["**2.0**", "Effective", "2026-06-15 ([signature](#sms-proof))"],
        ["on its way"],
    ),
    "to come": (
        "sms/registers/external-documents/EXT-005.md",
        [
            "**1.0**",
            "([review on the forge](#sms-proof))",
            "Revision 1.1, approved. Until it is in force, this one applies.",
        ],
        ["Taken over"],
    ),
    "editions to come": (
        "external-documents.md",
        [
            'Revision: </span>1.0 <span class="sms-badge sms-badge--good">Effective</span><br>',
            '[1.1](sms/registers/external-documents/EXT-005/1.1.md) <span class="sms-badge sms-badge--wait">Approved</span>',
            "from 2027-01-01",
            "Revision 1.1: Alder Logistics",
        ],
        ["Not yet in force"],
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


# What was taken over, what somebody unknown wrote, what waits, and what is approved for later.
TOLD = """
control began with POL-002 revision=2.0 effective_from=2025-06-01
on 2026-02-01
anna approves POL-002
merge
zoe issues PRO-001 2.0: We write more.
anna approves PRO-001
merge
on 2026-02-03
anna reviews POL-002
merge
erik reviews POL-002
merge
on 2026-02-10
bob issues POL-001 1.1: We serve better.
merge
bob adds POL-003 as policy-change in policies/POL-003-more.md effective_from=2026-06-01: More.
anna approves POL-003
merge
"""
NAMED = (
    "[{}](../roles.md#person-{}), [Top management](../roles.md#top-management), {} ([signature](#sms-proof))"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The pages of this story."""
    played, _ = play(TOLD, tmp_path_factory.mktemp("told") / "repo")
    played.repo.switch("main")
    return pages_of(publication_of(played.repo.path, date(2026, 3, 1)))


BEGAN = "Taken over on 2026-01-05, when document control began; earlier approval is not proven here<br>"
NOTE = "part of it was written by zoe@elsewhere.example, an address that belongs to nobody in sms/people.yml</dd>"
# (page, what it says, what it does not say)
STORY = {
    "taken over and approved since": (
        "policies/POL-002.md",
        [
            'from</dt>\n<dd markdown="span">2025-06-01 <span class="sms-quiet">as its header says</span>',
            BEGAN + NAMED.format("Anna Nowak", "anna-nowak", "2026-02-01"),
            "| taken over on 2026-01-05<br>[Anna Nowak](../roles.md#person-anna-nowak) |",
            "POL-002 2.0 was taken over on 2026-01-05, when document control began.",
        ],
        [],
    ),
    "reviewed, by those of the last day": (
        "policies/POL-002.md",
        [
            'Last reviewed</dt>\n<dd markdown="span">' + NAMED.format("Anna Nowak", "anna-nowak", "2026-02-03")
            + "<br>" + NAMED.format("Erik Roth", "erik-roth", "2026-02-03") + "</dd>",
            "“Reviewed, still correct and needed”",
        ],
        [],
    ),
    "earlier revisions": ("policies/POL-002.md", ["| Before 2.0 |", "Earlier revisions are not kept here."], []),
    "no earlier revisions": ("policies/POL-001.md", ["| taken over on 2026-01-05 |"], ["not kept here", "Last reviewed"]),
    "written by nobody known": ("sms/procedures/PRO-001.md", ["<dt>Note</dt>", NOTE], ["doubt"]),
    "approved for later": (
        "policies/POL-003.md",
        ["Not yet in force", "Approved, applies from 2026-06-01. Nobody works by it until then.",
         NAMED.format("Anna Nowak", "anna-nowak", "2026-02-10")],
        ["as its header says"],
    ),
    "what follows, in the register": (
        "register.md",
        [
            '<p id="sms-on-their-way" markdown="span">On their way: [POL-001 1.1](policies/POL-001/1.1.md) '
            '<span class="sms-badge sms-badge--wait">In review</span>.</p>',
            '<span class="sms-badge sms-badge--good">Effective</span><br>'
            '[1.1](policies/POL-001/1.1.md) <span class="sms-badge sms-badge--wait">In review</span>',
        ],
        ["[POL-003 1.0](policies/POL-003/"],
    ),
    "when control began, in the register": (
        "register.md",
        ["Since document control began, the history proves", "Not proven: 2 documents taken over then and not approved since.",
         "Document control began on 2026-01-05, with commit <code>", "4 documents stood issued and were taken over"],
        [],
    ),
    "when control began": ("control.md", ["## When document control began\n\nDocument control began on 2026-01-05"], []),
    "approved by": (
        "policies/index.md",
        ["| Next review | Approved by | Owner |", "| [Anna Nowak](../roles.md#person-anna-nowak) | [SMS", "| taken over | [SMS"],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "said", "unsaid"), STORY.values(), ids=STORY)
def test_what_is_told_of_approval(
    told: dict[str, Page], path: str, said: list[str], unsaid: list[str]
) -> None:
    text = told[path].markdown
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


@pytest.mark.parametrize(
    ("path", "watermark", "imprint"),
    [
        ("policies/POL-003.md", "NOT YET IN FORCE", "POL-003, revision 1.0, approved"),
        ("policies/POL-001/1.1.md", "DRAFT", "POL-001, revision 1.1, in review"),
        ("sms/procedures/PRO-001/2.0.md", "", "PRO-001, revision 2.0, effective, changes only"),
        ("policies/POL-002.md", "", "POL-002, revision 2.0, effective"),
    ],
)
def test_marks_for_paper(told: dict[str, Page], path: str, watermark: str, imprint: str) -> None:
    page = told[path]
    assert (page.watermark, page.imprint.partition(". ")[0]) == (watermark, imprint)
    assert page.classification == "Internal"


ANNA = Approval("anna-nowak", "top-management", date(2026, 3, 1), "signed")
# (what the history proves, what the head of the page says)
PROVEN = {
    "taken over": (
        Proven("effective", in_force=True, taken_over=date(2026, 1, 5), adopted=True),
        "Taken over on 2026-01-05, when document control began; earlier approval is not proven here</dd>",
    ),
    "to come": (Proven("approved", in_force=False), "Nobody works by it until then."),
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
