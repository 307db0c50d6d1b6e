"""CODEOWNERS: who is asked to review which file, on which day; and sms codeowners."""

import fnmatch
from datetime import date
from pathlib import Path

import pytest
from support import small_sms
from support.cli import sms
from support.scenario import play

from smsrepo.control.codeowners import Owned, render
from smsrepo.control.policy import CODEOWNERS, is_policy, policy_of
from smsrepo.control.settings import Settings
from smsrepo.pack.yaml_text import dump

DAY = date(2026, 1, 10)
ANNA, BOB, CAROL, DORA, ERIK = (f"@gh-{first}" for first in ("anna", "bob", "carol", "dora", "erik"))


def settings(**changed: str) -> Settings:
    files = small_sms.files() | {path.replace("__", "/") + ".yml": text for path, text in changed.items()}
    return policy_of(
        {path: text.encode() for path, text in files.items() if not path.startswith(".")}
    ).settings


def asked(text: str, path: str) -> list[str]:
    """Who is asked about a path: the last line that fits decides, as forges read the file."""
    found: list[str] = []
    for line in text.splitlines():
        pattern, *people = line.replace("\\ ", "\0").split()
        if pattern != "#" and _fits(pattern.replace("\0", " "), path):
            found = people
    return found


def _fits(pattern: str, path: str) -> bool:
    if not pattern.startswith("/"):
        return fnmatch.fnmatchcase(path.rpartition("/")[2], pattern)
    if pattern.endswith("/"):
        return f"/{path}".startswith(pattern)
    same_depth = pattern.count("/") == f"/{path}".count("/")
    return same_depth and fnmatch.fnmatchcase(f"/{path}", pattern)


POLICY = Owned("policies/POL-001-policy.md", "sms-manager", "policy-service-management", "internal")
# a document → who is asked about it: its owner first, then everyone who may approve it
DOCUMENTS = {
    "owner and approver": (POLICY, [BOB, ANNA, ERIK]),
    "its classification has a row of its own": (
        Owned("policies/POL-002-x.md", "sms-manager", "policy-change", "confidential"), [BOB, ANNA, ERIK, CAROL],
    ),
    "a reduced row has approvers too": (
        Owned("sms/procedures/PRO-001-x.md", "sms-manager", "procedure-document-control", ""), [BOB, ANNA, ERIK, CAROL],
    ),
    "owner and approver in one": (Owned("slas/SLA-001-x.yml", "service-owner", "sla", ""), [DORA, CAROL, ERIK]),
    "nobody may approve it": (Owned("catalog/CI-001-x.yml", "service-owner", "component", ""), [DORA]),
    "nobody owns it": (Owned("policies/POL-004-x.md", "jester", "policy-change", ""), [ANNA, ERIK]),
    "a space in its name": (Owned("policies/POL 1.md", "sms-manager", "nothing", ""), [BOB]),
}  # fmt: skip


@pytest.mark.parametrize(("document", "people"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_who_is_asked_about_a_document(document: Owned, people: list[str]) -> None:
    text = render([document], settings(), DAY)
    assert asked(text, document.path) == people
    assert asked(text, f"{document.path}.bak") == [BOB], "everything else belongs to whoever runs the SMS"


EXEMPT = {"why": "The product's own tooling.", "paths": ["tooling/smsrepo/", "tooling/wheels/", "Makefile"]}
PATHS = (
    "sms/people.yml", "sms/control.yml", "sms/requirements/iso.yml", "sms/records/x.yml", "sms/sub/people.yml",
    "schemas/common/people.schema.json", "tooling/requirements.txt", "tooling/rules/no_author.py",
    "tooling/wheels/x.whl", "tooling/smsrepo/cli/main.py", ".github/workflows/gate.yml", CODEOWNERS, ".gitattributes",
    "policies/.gitattributes", "tooling/smsrepo/.gitattributes", "Makefile", "mkdocs.yml", ".gitlab-ci.yml",
    ".gitea/x.yml", "README.md", "policies/POL-001-policy.md", "sms/notes.md",
)  # fmt: skip


@pytest.mark.parametrize("exempt", [False, True])
def test_the_approvers_of_policy_are_asked_about_policy_and_nothing_else(exempt: bool) -> None:
    organisation = small_sms.files()["sms/sms.yml"] + (dump({"exempt": [EXEMPT]}) if exempt else "")
    known = settings(sms__sms=organisation)
    assert bool(known.exempt_paths) is exempt
    text = render([], known, DAY)
    for path in PATHS:
        people = [ANNA, ERIK] if is_policy(path, known.exempt_paths) else [BOB]
        assert asked(text, path) == people, path


def test_people_without_an_account_are_asked_by_mail() -> None:
    people = small_sms.people()
    for person in people["people"]:
        person["accounts"] = {"gitlab": "x"} if person["id"] == "anna-nowak" else person["accounts"]
    known = settings(sms__people=dump(people))
    assert asked(render([POLICY], known, DAY), POLICY.path) == [BOB, "anna.nowak@example.org", ERIK]
    assert asked(render([POLICY], known, DAY, "gitlab"), POLICY.path)[1] == "@x"


def test_the_day_decides_who_holds_a_role() -> None:
    assignments = small_sms.assignments()
    assignments["assignments"][0]["to"] = "2026-01-31"
    known = settings(sms__assignments=dump(assignments))
    assert ANNA in asked(render([POLICY], known, date(2026, 1, 31)), POLICY.path)
    assert ANNA not in asked(render([POLICY], known, date(2026, 2, 1)), POLICY.path)


def test_the_command_writes_compares_and_repeats(tmp_path: Path) -> None:
    started, _ = play("verify", tmp_path / "repo")
    root, options = started.repo.path, ("--as-of", "2026-01-10")
    missing = sms("codeowners", "--check", *options, cwd=root)
    assert (missing.code, (root / CODEOWNERS).exists()) == (1, False)
    written = sms("codeowners", *options, cwd=root)
    assert (written.code, "Commit it" in written.out) == (0, True)
    assert asked((root / CODEOWNERS).read_text(), "slas/SLA-001-desk.yml") == [DORA, CAROL, ERIK]
    for again in (("--check",), ()):
        ran = sms("codeowners", *again, *options, cwd=root)
        assert (ran.code, "is as it should be" in ran.out) == (0, True)
    (root / CODEOWNERS).write_text("* @mallory\n")
    assert sms("codeowners", "--check", *options, cwd=root).code == 1
    assert (root / CODEOWNERS).read_text() == "* @mallory\n"


def test_what_sms_init_writes_is_as_it_should_be(pristine_draft: Path) -> None:
    ran = sms("codeowners", "--check", "--as-of", "2026-11-20", cwd=pristine_draft)
    assert ran.code == 0, ran.out
