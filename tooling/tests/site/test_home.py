"""The front page tells in one look whether the SMS is under control, in words and shapes as well as in colour."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smsrepo.check.verify import Proof
from smsrepo.control.tally import tally
from smsrepo.export import proof_text
from smsrepo.export.overview_text import overview
from smsrepo.model.proven import Proven
from smsrepo.site.edition import publication_of
from smsrepo.site.home import home_page
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.records.agenda import agenda
from smsrepo.site.services.levels import Levels
from smsrepo.site.state import tally_of_documents
from smsrepo.site.tiles import health

EXAMPLE = Path(__file__).parent / "example"
LATE = "sms/records/actions/ACT-2026-0001-second-server.yml"
LATE_CHANGE = "sms/records/changes/CHG-2026-0002-second-disk.yml"
POLICY = "policies/POL-002-next-policy.md"
MISS = "sms/records/measurements/MEA-2026-0002-mail.yml"


def changed(path: str, old: str, new: str) -> dict[str, str]:
    text = (EXAMPLE / path).read_text(encoding="utf-8")
    assert old in text
    return {path: text.replace(old, new)}


def procedure(type_: str, id_: str, section: str = "", status: str = "issued") -> dict[str, str]:
    """A type of procedure that the example does not have, and one of it."""
    schema = (EXAMPLE / "schemas/documents/policy.schema.json").read_text(encoding="utf-8")
    for old, new in (('"policy"', f'"{type_}"'), ('"policies"', '"sms/procedures"'), ('"POL"', '"PRO"')):
        schema = schema.replace(old, new)
    text = (EXAMPLE / POLICY).read_text(encoding="utf-8")
    for old, new in (
        ("POL-002", id_),
        ("type: policy", f"type: {type_}"),
        ("status: draft", f"status: {status}"),
    ):
        assert old in text
        text = text.replace(old, new)
    return {
        f"schemas/documents/{type_}.schema.json": schema,
        f"sms/procedures/{id_}-next-policy.md": f"{text}\n{section}",
    }


def home(publication: Publication) -> str:
    return home_page(publication, Levels(publication.repo, publication.as_of)).markdown


def tiles(text: str) -> dict[str, tuple[str, str, str]]:
    """Figure, state and tone by the name of the tile."""
    found = re.findall(
        r'__name" markdown="span">\[([^]]+)\].*\n.*__figure">(.*)</p>\n.*sms-badge--(\w+)">(.*)</span>', text
    )
    return {name: (figure, state, tone) for name, figure, tone, state in found}


def verdict(text: str) -> str:
    found = re.search(r'<p class="sms-verdict" markdown="span">(.*)</p>', text)
    assert found
    return re.sub(r"<[^>]+>|\]\([^)]*\)|\[", "", found[1])


def test_tiles_of_the_example(publication: Publication) -> None:
    shown = tiles(home(publication))
    assert len(shown) == 6
    assert shown["Documents in force"][1:] == ("by their headers, 1 withdrawn", "plain")
    assert shown["Waiting for approval"] == ("none", "1 draft", "plain")
    assert shown["Calendar"] == ("2 overdue", "overdue since 2026-11-15", "bad")
    assert shown["Nonconformities"][1:] == ("1 overdue, 1 action", "bad")
    assert shown["Service levels, 2026-10"] == ("0 of 1 met", "1 missed", "bad")
    assert shown["Requirements"] == ("2 of 5 met", "1 documented, 1 partial, 1 gap", "part")


CHANGE = changed(LATE_CHANGE, "2026-11-19", "2026-12-19")
ACTION = changed(LATE, "2026-11-15", "2026-12-15")
MET = changed(MISS, "met: false", "met: true")
DECIDED = changed(POLICY, "<!-- decide:", "<!-- decided:")
# (what is mended in the example, what the verdict then names, what it does not)
VERDICTS = {
    "nothing": (
        {},
        [
            "3 matters need attention",
            "Calendar (overdue since 2026-11-15)",
            "Nonconformities (1 overdue",
            "1 missed",
        ],
        ["as of"],
    ),
    "the dates": (CHANGE | ACTION, ["Needs attention", "1 missed"], ["overdue", "Calendar"]),
    "all but a decision": (
        CHANGE | ACTION | MET,
        ["Being built: 4 of 5 documents in force, 1 decision open. Not finished:", "1 target without result"],
        ["attention", "Nothing is overdue", "Decisions (", "Documents in force ("],
    ),
    "all": (
        CHANGE | ACTION | MET | DECIDED,
        ["Nothing is overdue, missed or in doubt as of 2026-11-20.", "Not finished:"],
        ["attention", "Being built"],
    ),
}


@pytest.mark.parametrize(("files", "said", "unsaid"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(make, files: dict[str, str], said: list[str], unsaid: list[str]) -> None:
    text = verdict(home(make(files)))
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_before_control_began_no_approval_is_vouched_for(make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Publication, "control_began", date(2026, 12, 1))
    text = home(make(CHANGE | ACTION | MET | DECIDED))
    assert verdict(text).startswith("Nothing is overdue or missed as of 2026-11-20.")


def test_results_that_stay_away_need_attention(publication: Publication) -> None:
    later = replace(publication, as_of=date(2027, 2, 1))
    assert tiles(home(later))["Service levels, 2026-10"][1:] == ("1 missed", "bad")


def test_no_later_result_is_no_good_result(make) -> None:
    later = replace(make(changed(MISS, "met: false", "met: true")), as_of=date(2027, 2, 1))
    assert tiles(home(later))["Service levels, 2026-10"] == ("1 of 1 met", "no later result", "bad")


# (what the history proves of a document, the tile it changes, its figure, state and tone)
PROVEN = {
    "in doubt": (
        Proven("effective", in_force=True, suspect="a key was lost"),
        ("Documents in force", "4 of 5", "1 approval in doubt, 1 withdrawn", "bad"),
    ),
    "proven": (Proven("effective", in_force=True), ("Documents in force", "4 of 5", "none in doubt, 1 withdrawn", "good")),
    "withdrawn": (
        Proven("obsolete", in_force=False), ("Documents in force", "3 of 4", "none in doubt, 2 withdrawn", "good"),
    ),
    "to come": (
        Proven("approved", in_force=False),
        ("Waiting for approval", "none", "1 draft, 1 approved for later", "plain"),
    ),
    "in review": (Proven("in review", in_force=False), ("Waiting for approval", "1", "1 draft", "wait")),
    "taken back": (
        Proven("revoked", in_force=False),
        ("Waiting for approval", "none", "1 draft, 1 with its approval taken back", "plain"),
    ),
    "newer one in review": (
        Proven("effective", in_force=True, newest="1.1, in review"),
        ("Waiting for approval", "1", "1 draft", "wait"),
    ),
    "newer one drafted": (
        Proven("effective", in_force=True, newest="1.1, draft"),
        ("Waiting for approval", "none", "2 drafts", "plain"),
    ),
    "newer one approved": (
        Proven("effective", in_force=True, newest="1.1, approved"),
        ("Waiting for approval", "none", "1 draft, 1 approved for later", "plain"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("proven", "tile"), PROVEN.values(), ids=PROVEN)
def test_tile_of_what_is_proven(
    publication: Publication, proven: Proven, tile: tuple[str, str, str, str]
) -> None:
    told = with_proof(publication, {"POL-001": proven})
    shown = tiles(health(told, Levels(told.repo, told.as_of)))
    assert shown[tile[0]] == tile[1:]


def with_proof(publication: Publication, proofs: Mapping[str, Proven]) -> Publication:
    artefacts = tuple(replace(a, proven=proofs.get(a.id, a.proven)) for a in publication.repo.artefacts)
    return replace(publication, repo=replace(publication.repo, artefacts=artefacts))


def test_most_documents_are_not_in_force(make) -> None:
    publication = make(CHANGE | ACTION | MET | DECIDED)
    documents = [a.id for a in publication.repo.artefacts if a.status in ("draft", "issued")]
    drafts = dict.fromkeys(documents, Proven("draft", in_force=False))
    built = with_proof(publication, drafts | {"POL-001": Proven("effective", in_force=True)})
    assert verdict(home(built)).startswith("Being built: 1 of 5 documents in force.")
    assert tiles(home(built))["Documents in force"] == ("1 of 5", "none in doubt, 1 withdrawn", "part")
    assert tiles(home(built))["Waiting for approval"] == ("none", "4 drafts", "plain")


def test_terminal_proof_and_site_count_alike(story_publication: Publication) -> None:
    register, on = story_publication.register, story_publication.as_of
    assert register
    assert tally(register, on) == tally_of_documents(story_publication)
    shown = tiles(home(story_publication))
    assert shown["Documents in force"][:2] == ("4 of 4", "none in doubt, 1 withdrawn")
    assert shown["Waiting for approval"] == ("1", "1 draft", "wait")
    assert "4 in force, 1 obsolete; newer revisions: 1 in review, 1 draft." in overview(register, on)
    proof = proof_text.text(Proof(on, (), (), register, 0, 0, 0))
    assert "In force   4 documents. Waiting for approval: 1; drafts: 1; withdrawn: 1." in proof


def test_due_next_is_the_beginning_of_the_calendar(publication: Publication) -> None:
    text = home(publication).partition("## What is due next")[2].partition("</div>")[0]
    rows = [line.split(" | ")[0][2:12] for line in text.splitlines() if line.startswith("| 20")]
    assert rows == [f"{entry.on}" for entry in agenda(publication)]
    assert "ACT-2026-0001" in text
    assert (
        "2 entries are overdue, and 5 entries to come in the next 18 months: [the calendar](calendar.md)."
        in text
    )


def test_of_many_on_a_day_the_best_known_is_named(make) -> None:
    files = changed("sms/control.yml", "  policy: P12M", "  policy: P12M\n  component: P2M\n  service: P11M")
    text = home(make(files))
    assert (
        '| 2027-02-01 | Review of the document <span class="sms-quiet">(3 entries)</span>'
        "<br>[POL-001 Mail policy](policies/POL-001.md) and [2 more](calendar.md#2027-02) |"
    ) in text


# (what the example gets, the doors it then has, those it has not)
DOORS = {
    "nothing": ({}, ["[Policies](policies/index.md)", "[Services](catalog/services/index.md)", "[Who does what](roles.md)"], ["Urgent", "Processes"]),
    "a procedure": (
        procedure("procedure-major-incidents", "PRO-001"),
        ["[Procedures](sms/procedures/index.md)", "Urgent:</strong> [Major incident](sms/procedures/PRO-001.md)<"],
        ["Security incident", "Emergency change"],
    ),
    "one that is obsolete": (
        procedure("procedure-major-incidents", "PRO-001", status="obsolete"), ["[Procedures]"], ["Urgent"],
    ),
    "the section that says it": (
        procedure("procedure-incidents", "PRO-001", "## Security incidents\n\nCall.\n"),
        ["[Security incident](sms/procedures/PRO-001.md#security-incidents)"],
        ["Major incident"],
    ),
    "without the section": (procedure("procedure-incidents", "PRO-001"), ["[Procedures]"], ["Urgent"]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "said", "unsaid"), DOORS.values(), ids=DOORS)
def test_doors_lead_to_what_is_there(make, files: dict[str, str], said: list[str], unsaid: list[str]) -> None:
    text = next(line for line in home(make(files)).splitlines() if "sms-doors" in line)
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_each_service_shows_its_targets_side_by_side(publication: Publication) -> None:
    text = home(publication)
    assert "**[SVC-001 Mail](catalog/services/SVC-001.md)**" in text
    assert text.count('<li class="sms-level"') == 2
    assert text.count('<svg class="sms-spark"') == 1
    assert (
        'aria-label="Availability, at least 99.5 %, each month. 2026-09: 99.9, 2026-10: 99.1 missed"' in text
    )
    assert "### Missed in 2026-10" in text


@pytest.fixture(scope="module")
def past(pristine_past: Path) -> dict[str, Page]:
    """The pages of the demonstration with its past."""
    return pages_of(publication_of(pristine_past))


def test_demonstration_is_under_control(past: dict[str, Page]) -> None:
    text = past["index.md"].markdown
    assert verdict(text).startswith("Nothing is overdue, missed or in doubt as of 2026-11-22.")
    assert tiles(text)["Documents in force"][2] == "good"
    assert len(re.findall(r"^\| 20", text, re.MULTILINE)) >= 8 + 6 + 4
    assert "[Everything that changed in twelve months](changes.md)" in text


@pytest.mark.parametrize(
    ("page", "said", "unsaid"),
    [
        (
            "catalog/services/SVC-002.md",
            ["Every day, 00:00 to 24:00", "| Recovery time | 24 hours |"],
            ["SVC-004"],
        ),
        ("catalog/services/SVC-003.md", ["and what depends on SVC-003", "SVC-002 Business e-mail"], []),
        ("catalog/components/CI-005.md", ["## Services that stand on it", "SVC-001 Managed workplace"], []),
        ("catalog/services/index.md", ["3 of 3 met", "Removed"], ["<title>SVC-004"]),
        ("slas/index.md", ["CUS-001 Alder Logistics", "2027-12-31", "4 of 4 met"], []),
        ("service-levels.md", ["NCR-2026-0002 Availability of managed hosting missed in July"], []),
    ],
)
def test_pages_of_services(past: dict[str, Page], page: str, said: list[str], unsaid: list[str]) -> None:
    text = past[page].markdown.partition("## Referred to by")[0]
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_a_major_nonconformity_is_named(past: dict[str, Page]) -> None:
    assert tiles(past["index.md"].markdown)["Nonconformities"][0] == "4 open, 1 major"


@pytest.mark.parametrize("id_", ["SVC-001", "SVC-002", "SVC-003"])
def test_no_field_of_a_service_stands_twice(past: dict[str, Page], id_: str) -> None:
    text = past[f"catalog/services/{id_}.md"].markdown
    names = re.findall(r"<dt>(?:<span[^>]*>)?([^<]+)", text) + re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert len(names) == len(set(names))
    assert not {"Components", "Depends on", "Description"} & set(re.findall(r"<dt><span[^>]*>([^<]+)", text))
