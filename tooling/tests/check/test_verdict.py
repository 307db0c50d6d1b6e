"""A verdict cannot become better by omission: breaking or waiving a file never improves it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.cli import sms

from smsrepo.check import catalogue
from smsrepo.check.engine import Report, run
from smsrepo.conformity.coverage import State, coverage
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.finding import Severity

TODAY = date(2026, 11, 20)
NCR = "sms/records/nonconformities/NCR-2026-0001-"
WAIVER = """waivers:
- rule: {rule}
  artefact: {artefact}
  reason: Only to see what happens here.
  by: tomas-berg
  until: "2027-01-31"
"""


def judged(root: Path) -> tuple[Report, dict[str, int]]:
    """The report, and how good each row is (0 is a gap)."""
    repo = load(WorktreeSource(root))
    report = run(repo, catalogue.built_in().values(), TODAY)
    order = [State.GAP, State.PARTIAL, State.DOCUMENTED, State.JUDGEMENT, State.MET]
    return report, {row.requirement.id: order.index(row.state) for row in coverage(repo, report, TODAY)}


def spoil(root: Path) -> None:
    """An error to begin with: a nonconformity owned by nobody who was told."""
    file = next(root.glob("sms/records/actions/ACT-2026-0001*"))
    lines = file.read_text().splitlines()
    owner = next(line for line in lines if line.startswith("owner:")).partition(": ")[2]
    file.write_text(
        "\n".join(f"verified_by: {owner}" if line.startswith("verified_by:") else line for line in lines)
        + "\n"
    )


def break_file(pattern: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = next(root.glob(pattern))
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    return change


def waive(rule: str, artefact: str) -> Callable[[Path], None]:
    return lambda root: (
        (root / "sms/waivers.yml").write_text(WAIVER.format(rule=rule, artefact=artefact)) and None
    )  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "worsen",
    [
        break_file(f"{NCR}*", "status: closed", "status: bogus"),
        break_file("sms/records/actions/ACT-2026-0002*", "title:", "title:\t"),
        break_file("sms/records/changes/CHG-2026-0001*", "SVC-001", "SVC-404"),
        break_file("sms/control.yml", "intervals:", "intervalls:"),
        waive("action-verified-by-owner", "ACT-2026-0001"),
        lambda root: (root / "sms/roles.yml").unlink(),
        lambda root: (root / "schemas/records/action.schema.json").unlink(),
    ],
)
def test_no_row_becomes_better(example: Path, worsen: Callable[[Path], None]) -> None:
    spoil(example)
    report, before = judged(example)
    assert [finding.rule for finding in report.findings] == ["action-verified-by-owner"]
    worsen(example)
    report, after = judged(example)
    assert [id_ for id_, state in after.items() if state > before[id_]] == []
    assert report.fails(Severity.ERROR) or report.waived


def test_the_rules_on_which_others_rest_cannot_be_waived(example: Path) -> None:
    break_file(f"{NCR}*", "status: closed", "status: bogus")(example)
    waive("schema-violated", "NCR-2026-0001")(example)
    ran = sms("check", cwd=example)
    assert ran.code == 1
    assert "[schema-violated" in ran.out
    assert "`schema-violated` is no rule that can be waived" in ran.out


@pytest.mark.parametrize(
    "name", ["sms.yml", "people.yml", "roles.yml", "assignments.yml", "control.yml", "waivers.yml"]
)
def test_a_missing_settings_file_is_told_once(example: Path, name: str) -> None:
    (example / "sms" / name).unlink()
    ran = sms("check", cwd=example)
    assert ran.code == 1
    assert ran.out.count(": error: ") == 1, ran.out
    assert f"the settings file sms/{name} is missing" in ran.out


def test_a_commit_of_a_repository_in_a_subfolder(example: Path, tmp_path: Path) -> None:
    import shutil
    import subprocess

    outer = tmp_path / "outer"
    shutil.copytree(example, outer / "sms-root", ignore=shutil.ignore_patterns(".git"))
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(outer), *arguments], check=True)
    ran = sms("check", "--at", "HEAD", cwd=outer / "sms-root")
    assert ran.code == 0, ran.out
    assert not ran.out.startswith("0 artefacts")
    assert sms("check", "--at", "", cwd=outer / "sms-root").code == 2


def test_nothing_later_is_evidence(pristine_example: Path) -> None:
    repo = load(WorktreeSource(pristine_example))
    before = date(2020, 1, 1)
    rows = coverage(repo, run(repo, catalogue.built_in().values(), before), before)
    evidence = {found for row in rows for found in row.evidence}
    assert evidence  # documents that do not say since when they apply
    assert not [found.id for found in evidence if found.type.is_record or found.date("effective_from")]


def test_a_rule_of_the_repository_that_fails_is_named(example: Path) -> None:
    folder = example / "tooling/rules"
    folder.mkdir(parents=True)
    source = (Path(catalogue.__file__).parents[1] / "rules/planning/date_in_future.py").read_text()
    (folder / "own.py").write_text(
        source.replace("date-in-future", "own").replace("    for artefact", "    1 / 0\n    for artefact")
    )
    ran = sms("check", cwd=example)
    assert (ran.code, "own.py failed: ZeroDivisionError" in ran.err) == (2, True), ran.err
    assert sms("check", "--at", "HEAD", cwd=example).code == 0  # what a commit brings is not executed
    (folder / "own.py").write_text(source.replace("date-in-future", "own"))
    assert sms("check", cwd=example).code == 0
    assert sms("explain", "own", cwd=example).code == 0
    (folder / "own.py").write_text("x = 1\n")
    assert "holds no rule" in sms("check", cwd=example).err
    (folder / "own.py").write_text("import nothing_there\n")
    assert "cannot be loaded" in sms("check", cwd=example).err
    (folder / "own.py").write_text(source)
    assert "two rules are called `date-in-future`" in sms("check", cwd=example).err
