"""The house keeps its own rules: module sizes, layers, what is packed, what may not be written down."""

import re
import statistics
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from smsrepo.check.catalogue import built_in
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack.contents import pack_files
from smsrepo.pack.wheel import write_wheel

ROOT = Path(__file__).parents[3]
TRACKED = subprocess.check_output(
    ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"], text=True
).splitlines()


def test_modules_are_small() -> None:
    sizes = {p: len(p.read_text().splitlines()) for p in (ROOT / "tooling/smsrepo").rglob("*.py")}
    assert not {p.name: n for p, n in sizes.items() if n > 300}
    assert statistics.median(sizes.values()) < 100


def test_only_the_command_line_prints_and_only_git_runs_git() -> None:
    for file in (ROOT / "tooling/smsrepo").rglob("*.py"):
        text, layer = file.read_text(), file.relative_to(ROOT / "tooling/smsrepo").parts[0]
        if layer != "cli":
            assert not re.search(r"\bprint\(|sys\.exit|click\.echo", text), file
        if layer != "git" and file.name != "with_zensical.py":  # which runs that program, and never git
            assert not re.search(r"import subprocess|import git\b", text), file
        if layer != "cli" and file.name != "edition.py":  # where MkDocs, not our command line, is at the edge
            assert not re.search(r"date\.today\(\)|datetime\.now\(", text), file


def test_nothing_of_one_machine_is_written_down() -> None:
    forbidden = re.compile(r"""(?<=[\s"'=(`])/(work|root|home)/|--index-url|://[^/\s]*registry""")
    files = [
        ROOT / path
        for path in TRACKED
        if (ROOT / path).is_file() and path != "tooling/tests/house/test_house.py"
    ]
    assert len(files) > 400
    assert [f for f in files if forbidden.search(f.read_text(encoding="utf-8", errors="replace"))] == []


def test_the_pack_exists_and_its_demonstration_is_named() -> None:
    everything, neutral = set(pack_files(example=True)), set(pack_files(example=False))
    assert {
        "sms/sms.yml",
        "sms/people.yml",
        "slas/SLA-001-managed-workplace-agreement.yml",
    } <= everything - neutral
    assert {
        "sms/roles.yml",
        "sms/control.yml",
        "mkdocs.yml",
        "policies/POL-001-service-management-policy.md",
    } <= neutral
    for path in neutral:
        assert "harbourline" not in (ROOT / path).read_text(encoding="utf-8").lower(), path


def test_the_built_wheel_equals_the_one_we_write(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    built = names(next(tmp_path.glob("*.whl")))
    (tmp_path / "ours").mkdir()
    assert names(write_wheel(tmp_path / "ours")) == built


def names(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("RECORD")}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    architecture = (ROOT / "tooling/docs/architecture.md").read_text().lower()
    titles = {"mkdocs-material": "material for mkdocs"}
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=]", dependency)[0]
        assert titles.get(name, name) in architecture, (
            f"{dependency} has no line in tooling/docs/architecture.md"
        )


def test_the_changelog_counts_right() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert f"{len(built_in())} rules" in changelog
    types = load(WorktreeSource(ROOT)).types
    assert all(type_.description.endswith(".") for type_ in types.values())


def test_every_command_of_the_makefile_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    generated = set(
        re.findall(
            r"^([a-z]+):", (ROOT / "tooling/smsrepo/pack/templates/Makefile.j2").read_text(), re.MULTILINE
        )
    )
    for text in ("README.md", "CONTRIBUTING.md"):
        assert (
            set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / text).read_text(), re.MULTILINE))
            <= targets | generated
        ), text
    assert (
        set(re.findall(r"make ([a-z]+)", (ROOT / "tooling/smsrepo/pack/templates/README.md.j2").read_text()))
        <= generated
    )


def test_editors_know_the_schemas() -> None:
    from smsrepo.pack.editor import vscode_settings

    repo = load(WorktreeSource(ROOT))
    wanted = vscode_settings(repo.types, repo.setting_types)
    assert (ROOT / ".vscode/settings.json").read_text() == wanted, "write it again with smsrepo.pack.editor"


def test_workflows_fit_their_schema(pristine_draft: Path) -> None:
    workflows = [ROOT / ".github/workflows/ci.yml", pristine_draft / ".github/workflows/sms.yml"]
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        *workflows,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    for workflow in workflows:
        for action in re.findall(r"uses: (\S+)", workflow.read_text()):
            assert re.search(r"@[0-9a-f]{40}$", action), f"{action} is not pinned by commit"


def test_layers() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
