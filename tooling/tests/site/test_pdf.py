"""What is handed out on paper: the marks on every page, links, outline, and nothing loaded from elsewhere."""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from support.cli import sms

from smsrepo.errors import UserError
from smsrepo.site.documents.revisions import in_force
from smsrepo.site.edition import publication_of
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.pdf import press
from smsrepo.site.pdf import printer as printing
from smsrepo.site.pdf.cover import set_digest
from smsrepo.site.pdf.paper_text import Text, linked, text_of
from smsrepo.site.pdf.printer import Printer
from smsrepo.site.publication import Publication

try:
    press.ready()
except UserError as missing:
    pytest.skip(f"no PDFs on this machine: {missing.message}", allow_module_level=True)

MADE = date(2026, 11, 22)
MARKS = ("DRAFT", "SUPERSEDED", "OBSOLETE", "NOT YET IN FORCE")
Read = Callable[[str], PdfReader]


@pytest.fixture(scope="module")
def printer(publication: Publication, pages: dict[str, Page]) -> Printer:
    return Printer(publication, pages, {}, MADE, "0123abcd")


@pytest.fixture(scope="module")
def read(printer: Printer) -> Read:
    """The PDF of a document of the example, made once; "" for the set."""
    made: dict[str, PdfReader] = {}

    def read(id_: str) -> PdfReader:
        if id_ not in made:
            raw = printer.document(printer.publication.repo.by_id[id_]) if id_ else printer.effective_set()
            made[id_] = PdfReader(io.BytesIO(raw))
        return made[id_]

    return read


@pytest.fixture(scope="module")
def past(pristine_past: Path) -> Printer:
    publication = publication_of(pristine_past)
    return Printer(publication, pages_of(publication), {}, MADE, "0123abcd")


def words(text: str) -> str:
    return " ".join(text.split())


def texts(reader: PdfReader) -> list[str]:
    return [words(page.extract_text()) for page in reader.pages]


def targets(reader: PdfReader) -> tuple[set[str], set[str]]:
    """Web addresses, and places in the PDF itself, to which it links."""
    web, own = set(), set()
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            found = annotation.get_object()
            if "/A" in found:
                web.add(str(found["/A"]["/URI"]))
            else:
                own.add(str(found["/Dest"]))
    return web, own


def outline(entries: list[Destination | list], level: int = 0) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for entry in entries:
        found += outline(entry, level + 1) if isinstance(entry, list) else [(level, str(entry.title))]
    return found


@pytest.mark.parametrize(
    ("id_", "imprint", "classification", "watermark"),
    [
        ("POL-001", "POL-001, revision 1.0, issued", "Internal", ""),
        ("POL-002", "POL-002, revision 0.1, draft", "", "DRAFT"),
        ("SLA-001", "SLA-001, revision 1.0, issued", "", ""),
        ("CUS-001", "CUS-001, revision 1.0, obsolete", "", "OBSOLETE"),
        ("CI-001", "CI-001, revision 1.0, issued", "", "NOT YET IN FORCE"),
        ("ACT-2026-0001", "ACT-2026-0001, open", "", ""),
    ],
)
def test_every_page_carries_the_marks(
    read: Read, id_: str, imprint: str, classification: str, watermark: str
) -> None:
    pages = texts(read(id_))
    for number, text in enumerate(pages, 1):
        assert imprint in text
        assert "Uncontrolled when printed" in text
        assert f"As of 2026-11-20, made on 2026-11-22 · page {number} of {len(pages)}" in text
        assert "Example & Sons <Ltd>" in text
        assert classification in text
        marked = [mark for mark in MARKS if mark in text]
        assert marked == ([watermark] if watermark else [])


@pytest.mark.parametrize(
    ("id_", "number", "imprint", "watermark"),
    [
        ("POL-002", "1.0", "POL-002, revision 1.0, superseded", "SUPERSEDED"),
        ("POL-002", "2.0", "POL-002, revision 2.0, effective", ""),
        ("POL-002", "0.1", "POL-002, revision 0.1, draft", "DRAFT"),
        ("PRO-003", "1.1", "PRO-003, revision 1.1, obsolete", "OBSOLETE"),
        ("EXT-005", "1.1", "EXT-005, revision 1.1, approved", "NOT YET IN FORCE"),
    ],
)
def test_a_past_revision_is_marked_on_every_page(
    past: Printer, id_: str, number: str, imprint: str, watermark: str
) -> None:
    edition = next(e for e in past.publication.editions[id_] if e.number == number)
    for text in texts(PdfReader(io.BytesIO(past.revision(edition)))):
        assert imprint in text
        assert [mark for mark in MARKS if mark in text] == ([watermark] if watermark else [])


def test_programs_and_screen_readers_learn_what_it_is(read: Read) -> None:
    reader = read("POL-001")
    assert reader.metadata is not None
    assert reader.metadata.title == "POL-001 Mail policy"
    assert reader.metadata.author == "Top management"
    assert reader.metadata["/Keywords"] == "POL-001, revision 1.0, issued"
    root = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert outline(reader.outline)[:3] == [(0, "POL-001 Mail policy"), (1, "Purpose"), (1, "Second title")]


def test_links_stay_within_a_document_or_lead_to_the_web(read: Read) -> None:
    web, own = targets(read("POL-001"))
    assert web == {"https://example.org"}
    assert own == {"policies/POL-001/purpose"}
    assert "See the draft, the roles, the service" in texts(read("POL-001"))[0]


def test_drawings_are_there_once(read: Read) -> None:
    text = " ".join(texts(read("SVC-001")))
    assert text.count("SVC-001 Mail CI-001 Mail server") == 1
    assert "in words" not in text


def test_every_part_of_a_drawing_has_a_look_on_paper(past: Printer) -> None:
    """A drawing is an image of its own, to which only drawing.css applies."""
    paths = past.publication.page_paths
    controlled = (a for a in past.publication.repo.artefacts if not a.type.is_record)
    drawings = " ".join(
        drawing
        for artefact in controlled
        if "<svg" in (markdown := past.pages[paths[artefact.path]].markdown)
        for drawing in re.findall(r"<svg.*?</svg>", markdown, re.DOTALL)
    )
    used = {name for names in re.findall(r' class="([^"]+)"', drawings) for name in names.split()}
    style = (Path(printing.__file__).parent / "style/drawing.css").read_text("utf-8")
    missing = {name for name in used if not re.search(rf"\.{name}\b(?!-)", style)}
    assert used > {"sms-graph__box", "sms-spark__line"}
    # The frames, and kinds of boxes that look like any box.
    assert missing <= {"sms-graph", "sms-spark", *(n for n in used if n.startswith("sms-graph__box--"))}


def test_the_set_holds_what_is_in_force_and_finds_it(read: Read) -> None:
    reader = read("")
    pages = texts(reader)
    assert "Example & Sons <Ltd>" in pages[0]
    assert "that supports mail from the office" in pages[0]
    assert "In force on 2026-11-20" in pages[0]
    assert "0123abcd" in pages[0]
    assert [title for level, title in outline(reader.outline) if level == 0] == [
        "Cover", "Contents", "POL-001 Mail policy", "SLA-001 Mail agreement",
    ]  # fmt: skip
    listed = dict(re.findall(r"([A-Z]{3}-\d{3}) .*?(?: \.){4,} +(\d+)", pages[1]))
    assert listed.keys() == {"POL-001", "SLA-001"}
    for id_, number in listed.items():
        assert f"{id_}, revision 1.0" in pages[int(number) - 1]
        assert f"{id_}, revision 1.0" not in pages[int(number) - 2]
    _, own = targets(reader)
    assert {"policies/POL-001", "slas/SLA-001"} <= own
    assert own <= reader.named_destinations.keys()


def test_the_digest_of_the_set_can_be_made_by_hand(past: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "pdf_of", lambda html, _: html.encode())
    html = past.effective_set().decode()
    listed = re.findall(r"<tr><td>([^<]+)</td><td>([^<]+)</td><td><code>(sha256:\w{64})</code>", html)
    ids = [id_ for id_, _, _ in listed]
    assert ids == sorted(a.id for a in printing.effective(past.publication))
    assert ("POL-002", "2.0") in [(id_, number) for id_, number, _ in listed]
    assert not {"PRO-003", "SVC-001", "INC-2026-0001"} & set(ids)
    editions = [in_force(past.publication, id_) for id_ in ids]
    assert [e.version.digest for e in editions if e] == [digest for _, _, digest in listed]
    assert set_digest([e for e in editions if e]) in html


ADDRESSES = [
    "http://127.0.0.1:9/picture.png",
    "file:///etc/hostname",
    "data:image/png;base64,iVBORw0KGgo=",
    "policies/missing.png",
    "../outside.png",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}" alt="x">',
        '<p style="background: url({})">x</p>',
        '<link rel="stylesheet" href="{}"><p>x</p>',
        '<svg viewBox="0 0 9 9" width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
        '<img src="policies/picture.svg" alt="x">',
    ],
)
def test_nothing_else_is_loaded(
    html: str, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("somebody connects")

    monkeypatch.setattr(socket.socket, "connect", connect)
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    drawing = f'<svg {namespace} viewBox="0 0 9 9"><image href="{address}" width="9" height="9"/></svg>'
    page = f'<html lang="en"><title>x</title>{html.format(address)}'
    press.pdf_of(page, {"policies/picture.svg": drawing.encode()})
    assert any("is not part of the publication" in message for message in caplog.messages)


def test_pictures_of_the_publication_are_shown(make: Callable[..., Publication]) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">Seen it</text></svg>'
    text = (Path(__file__).parent / "example/policies/POL-001-mail-policy.md").read_text("utf-8")
    publication = make(
        {"policies/POL-001-mail-policy.md": f"{text}\n![A sign](sign.svg)\n", "policies/sign.svg": svg}
    )
    printer = Printer(publication, pages_of(publication), {"policies/sign.svg": svg}, MADE)
    made = printer.document(publication.repo.by_id["POL-001"])
    assert "Seen it" in " ".join(texts(PdfReader(io.BytesIO(made))))


A, B = "policies/A.md", "slas/B.md"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="../slas/B.md#x">b</a>', '<a href="#slas/B/x">b</a>'),
        ('<a href="../slas/B.md#gone">b</a>', '<a href="#slas/B">b</a>'),
        ('<a href="#here">h</a>', '<a href="#policies/A/here">h</a>'),
        ('<a href="../roles.md">r</a>', "r"),
        ('<a href="../policies/C.md"><em>c</em></a>', "<em>c</em>"),
        ('<a id="here" href="../roles.md">r</a>', '<span id="policies/A/here">r</span>'),
        ('<a href="https://example.org/?a=1&amp;b">w</a>', '<a href="https://example.org/?a=1&amp;b">w</a>'),
        ('<img src="a%20b.png" alt="x">', '<img src="policies/a%20b.png" alt="x">'),
        ('<svg><a href="../B/"><rect></rect></a></svg>', "<svg><g><rect></rect></g></svg>"),
        ('The <a href="#here">h</a> of', 'The<span> </span><a href="#policies/A/here">h</a> of'),
        ("<pre>a <span>b</span></pre>", "<pre>a <span>b</span></pre>"),
        ('<code> id="x" href="y"</code>', '<code> id="x" href="y"</code>'),
    ],
)
def test_links_are_those_of_the_pdf(html: str, expected: str) -> None:
    text = Text(A, html, frozenset({"here"}))
    assert linked(text, {A: text, B: Text(B, "", frozenset({"x"}))}) == expected


def test_markup_of_authors_is_sanitised() -> None:
    html = text_of(Page("a.md", "A", '<img src=x onerror="alert(1)"> <iframe src="//x"></iframe> **b**')).html
    assert "onerror" not in html
    assert "iframe" not in html
    assert "<strong>b</strong>" in html


def test_the_same_day_gives_the_same_bytes(repository: Path, tmp_path: Path) -> None:
    made = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "smsrepo", "site", "pdf", "SVC-001", "--out", tmp_path / f"{seed}.pdf"],
            cwd=repository,
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1795000000"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        made.add((tmp_path / f"{seed}.pdf").read_bytes())
    assert len(made) == 1
    assert PdfReader(tmp_path / "1.pdf").metadata["/CreationDate"] == "D:20261118000000Z"


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ([], ["effective-set.pdf"]),
        (["POL-001"], ["POL-001-1.0.pdf"]),
        (["POL-001@1.0"], ["POL-001-1.0.pdf"]),
        (["POL-001", "--revision", "1.0", "--out", "mine.pdf"], ["mine.pdf"]),
        (["POL-001", "ACT-2026-0001", "--out", "a/b"], ["a/b/ACT-2026-0001.pdf", "a/b/POL-001-1.0.pdf"]),
        (["--all", "--out", "all"], ["all/POL-001-1.0.pdf", "all/SLA-001-1.0.pdf", "all/effective-set.pdf"]),
    ],
)
def test_the_command_writes(
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    written: list[str],
) -> None:
    monkeypatch.setattr(printing, "pdf_of", lambda html, _: b"%PDF" + html.encode())
    home = shutil.copytree(repository, tmp_path / "home")
    ran = sms("site", "pdf", *arguments, cwd=home)
    assert ran.code == 0, ran.err
    found = sorted(p.relative_to(home).as_posix() for p in home.rglob("*.pdf"))
    assert found == written
    assert sorted(line.removeprefix("Wrote ") for line in ran.out.splitlines()) == written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["POL-01"], "there is no document or record `POL-01`\n  Did you mean `POL-001`?"),
        (["POL-001@7.0"], "POL-001 has no revision `7.0`"),
        (["ACT-2026-0001@1.0"], "records have no revisions"),
        (["POL-001", "--all"], "--all makes every PDF"),
        (["--revision", "1.0"], "--revision is about one document"),
        (["POL-001", "SLA-001", "--out", "x.pdf"], "x.pdf is one file"),
        (["--all", "--out", "x.pdf"], "x.pdf is one file"),
    ],
)
def test_the_command_says_what_is_wrong(
    repository: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    ran = sms("-C", repository, "site", "pdf", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("library", "said"),
    [
        ("raise ImportError", 'pip install "smsrepo[pdf]"'),
        ("raise OSError('cannot load library libpango-1.0-0')", "apt install libpangoft2-1.0-0"),
    ],
)
def test_without_the_library_it_says_what_to_install(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, said: str
) -> None:
    (tmp_path / "weasyprint.py").write_text(library)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    for command in (["pdf", "POL-001"], ["build", "--pdf", "--site-dir", tmp_path / "site"]):
        ran = sms("-C", repository, "site", *command, cwd=tmp_path)
        assert ran.code == 2
        assert said in ran.err


def test_the_site_links_to_its_pdfs(repository: Path, tmp_path: Path) -> None:
    ran = sms("-C", repository, "site", "build", "--pdf", "--site-dir", tmp_path)
    assert ran.code == 0, ran.err
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.pdf")) == [
        "effective-set.pdf", "policies/POL-001/POL-001-1.0.pdf", "slas/SLA-001/SLA-001-1.0.pdf",
    ]  # fmt: skip
    for page, link in {
        "policies/POL-001": '<a href="POL-001-1.0.pdf">PDF</a>',
        "register": '<a href="../effective-set.pdf">PDF of the effective set</a>',
    }.items():
        assert link in (tmp_path / page / "index.html").read_text("utf-8")
    assert "sms-pdf" not in (tmp_path / "policies/POL-002/index.html").read_text("utf-8")
    assert PdfReader(tmp_path / "effective-set.pdf").pages


def test_without_the_option_the_site_has_none(built_example) -> None:
    assert not list(built_example.folder.rglob("*.pdf"))
    assert "sms-pdf" not in (built_example.folder / "policies/POL-001/index.html").read_text("utf-8")
