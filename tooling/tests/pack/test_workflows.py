"""The workflows of this repository and of those we make: what they may do, and that their shell does it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from forge import merged
from forge.fake_github import FakeGitHub, serving
from support import releases, small_sms
from support.gitrepo import CLEAN, GitRepo, run_git

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "tooling/smsrepo/pack/templates"
OURS = ("due", "gate", "pages", "record")
WORKFLOWS = {
    **{f"root {name}": ROOT / f".github/workflows/{name}.yml" for name in (*OURS, "ci")},
    **{f"made {name}": TEMPLATES / f"{name}.yml.j2" for name in (*OURS, "sms")},
}
# What a job may do beyond reading the contents.
RIGHTS = {
    "gate": {"contents": "read", "pull-requests": "read"},
    "pages": {"contents": "write"},
    "record": {"contents": "write", "pull-requests": "read"},
    "root due": {"contents": "read"},
    "made due": {"contents": "read", "issues": "write"},
}


def rendered(name: str, *, source: bool = False) -> str:
    """A workflow as sms init writes it, or (`source`) as this repository has it."""
    environment = jinja2.Environment(  # noqa: S701 - as in sms init
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template(f"{name}.yml.j2").render(**({"source": True} if source else {}))


def workflow(name: str) -> dict[Any, Any]:
    path = WORKFLOWS[name]
    text = path.read_text() if path.suffix == ".yml" else rendered(path.name.removesuffix(".yml.j2"))
    return dict(yaml.safe_load(text))


def jobs(name: str) -> list[dict[str, Any]]:
    return list(workflow(name)["jobs"].values())


def script(name: str, step: str) -> str:
    """The shell of a step, as the runner writes it to a file."""
    (found,) = [s["run"] for job in jobs(name) for s in job["steps"] if s.get("name") == step]
    return str(found)


@pytest.mark.parametrize("name", OURS)
def test_this_repository_has_what_its_templates_say(name: str) -> None:
    assert (ROOT / f".github/workflows/{name}.yml").read_text() == rendered(name, source=True)


@pytest.mark.parametrize("name", OURS)
def test_they_fit_the_published_schema(name: str, tmp_path: Path) -> None:
    for source in (True, False):
        file = tmp_path / f"{source}.yml"
        file.write_text(rendered(name, source=source))
        check = [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            file,
        ]
        done = subprocess.run(check, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
class TestEvery:
    """What holds for all."""

    def test_actions_are_pinned_by_commit_with_their_version(self, name: str) -> None:
        text = WORKFLOWS[name].read_text()
        uses = re.findall(r"uses: (.*)", text)
        assert uses
        assert [
            one for one in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)
        ] == []

    def test_no_credentials_stay_on_disk(self, name: str) -> None:
        checkouts = [
            s for job in jobs(name) for s in job["steps"] if s.get("uses", "").startswith("actions/checkout@")
        ]
        assert checkouts
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)

    def test_no_more_rights_than_needed(self, name: str) -> None:
        whole = workflow(name)
        assert whole["permissions"] in ({}, {"contents": "read"})
        for job in jobs(name):
            allowed = RIGHTS.get(name) or RIGHTS.get(name.split()[1])
            assert job.get("permissions") == allowed or (allowed is None and "permissions" not in job)

    def test_nothing_of_an_event_reaches_a_shell(self, name: str) -> None:
        """A title or a branch name in a script is a script of whoever chose it."""
        for job in jobs(name):
            assert [s["run"] for s in job["steps"] if "${{" in s.get("run", "")] == []

    def test_it_ends_and_never_runs_with_rights_for_a_stranger(self, name: str) -> None:
        assert all(0 < job["timeout-minutes"] <= 30 for job in jobs(name))
        text = WORKFLOWS[name].read_text()
        assert "pull_request_target" not in text
        assert "workflow_run" not in text

    def test_one_run_at_a_time(self, name: str) -> None:
        whole = workflow(name)
        if name.split()[1] in OURS:
            # The record and the list of duties are finished; a gate is only interesting for the newest commit.
            assert whole["concurrency"]["cancel-in-progress"] is name.endswith("gate")


def test_secrets_are_for_the_collector_alone() -> None:
    for name, path in WORKFLOWS.items():
        found = set(re.findall(r"secrets\.(\w+)", path.read_text()))
        assert found == ({"SMS_COLLECTOR_KEY"} if name.endswith("record") else set())
    for name in ("root record", "made record"):
        (job,) = jobs(name)
        assert job["environment"] == "smsrepo-collector"
        assert job["if"] == "github.ref == 'refs/heads/main'"
        with_secret = [s["name"] for s in job["steps"] if "SMS_COLLECTOR_KEY" in str(s.get("env"))]
        assert with_secret == ["Record"], "no other step sees the key"


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as github:
        yield github
    assert github.broken == []


def run(text: str, folder: Path, runner: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script as the runner runs it; pip installs nothing but what lies there, so that no network is needed."""
    python = str(Path(sys.executable).parent)
    here = {
        **CLEAN, "PATH": f"{python}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(runner), "GITHUB_WORKSPACE": str(folder),
        "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONPATH": "",
        "GITHUB_SERVER_URL": "https://forge.example",
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=here | environment)


def on_github(fake: FakeGitHub) -> dict[str, str]:
    return {
        "GITHUB_TOKEN": "secret",
        "GITHUB_REPOSITORY": merged.shapes.REPOSITORY,
        "GITHUB_API_URL": fake.url,
    }


def borrow_libraries(runner: Path) -> None:
    """The libraries that pip would have fetched."""
    (site,) = (runner / "venv/lib").glob("python*/site-packages")
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "libraries.pth").write_text(f"{here}\n")


TRAP = "import pathlib, os\npathlib.Path(os.environ['RUNNER_TEMP'], 'sprung').touch()\n"


def test_the_gate_is_that_of_main_and_runs_nothing_of_the_pull_request(
    draft: Path, fake: FakeGitHub, tmp_path: Path
) -> None:
    repo, runner, summary = GitRepo(draft), tmp_path / "runner", tmp_path / "summary.md"
    runner.mkdir()
    main = repo.head()
    repo.git("update-ref", "refs/remotes/origin/main", main)
    repo.branch("change")
    for name in (
        "venv.py",
        "subprocess.py",
        "smsrepo/__init__.py",
        "sitecustomize.py",
        "tooling/rules/trap.py",
    ):
        repo.write(name, TRAP)
    repo.write("tooling/requirements.txt", "./tooling/trap\n")
    repo.write("tooling/trap/setup.py", TRAP)
    repo.write("policies/POL-001-service-management-policy.md", "no document any more\n")
    head = repo.commit("Take over")
    merged.tell(fake, head, author="mallory")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"action": "opened", "pull_request": {"number": merged.NUMBER}}))

    done = run(script("made gate", "Install the verifier of main"), draft, runner)
    assert done.returncode == 0, done.stderr
    borrow_libraries(runner)
    judged = run(
        script("made gate", "Judge"), draft, runner, BASE="origin/main", HEAD=head,
        GITHUB_EVENT_PATH=str(event), GITHUB_STEP_SUMMARY=str(summary), **on_github(fake),
    )  # fmt: skip
    assert judged.returncode == 1, judged.stderr
    assert "::error file=policies/POL-001-service-management-policy.md" in judged.stdout
    assert "The gate is closed" in judged.stdout
    assert "The gate is closed" in summary.read_text()
    assert not (runner / "sprung").exists()


def test_reviews_are_recorded_and_pushed_even_where_main_moves(fake: FakeGitHub, tmp_path: Path) -> None:
    """The script of the workflow, over a real remote; a push of somebody else gets in between once."""
    at = merged.merged("bob issues SLA-001 1.1: The desk answers soon.", tmp_path / "work", fake)
    origin = tmp_path / "origin.git"
    run_git(tmp_path, "clone", "--quiet", "--bare", str(at.repo.path), str(origin))
    run_git(at.repo.path, "push", "--quiet", str(origin), f"{at.head}:refs/pull/{merged.NUMBER}/head")
    run_git(tmp_path, "clone", "--quiet", str(origin), str(tmp_path / "clone"))
    at.review("carol")
    (tmp_path / "runner/venv/bin").mkdir(parents=True)
    sms = tmp_path / "runner/venv/bin/sms"
    once = tmp_path / "once"
    sms.write_text(
        f'#!/bin/bash\n{Path(sys.executable).with_name("sms")} "$@"\n'
        f"[ -e {once} ] || {{ touch {once}; git -C {at.repo.path} push --quiet {origin} HEAD:main; }}\n"
    )
    sms.chmod(0o755)
    at.repo.write("notes.txt", "Somebody else was quicker.\n")
    quicker = at.repo.commit("Notes", when="2026-01-10T13:05:00Z")
    key = small_sms.key(small_sms.COLLECTOR).write(tmp_path / "key").read_text()

    done = run(
        script("made record", "Record"),
        tmp_path / "clone",
        tmp_path / "runner",
        SMS_COLLECTOR_KEY=key,
        **on_github(fake),
    )
    assert done.returncode == 0, done.stderr
    assert run_git(origin, "log", "--format=%cn", "-2", "main").splitlines() == ["forge-collector", "Bob"]
    assert run_git(origin, "rev-parse", "main~1") == quicker
    again = run(
        script("made record", "Record"),
        tmp_path / "clone",
        tmp_path / "runner",
        SMS_COLLECTOR_KEY=key,
        **on_github(fake),
    )
    assert (again.returncode, "Nothing to record" in again.stdout) == (0, True), again.stderr
    assert "secret" not in done.stdout + done.stderr + again.stderr


def test_a_hook_without_the_tool_says_so(pristine_draft: Path) -> None:
    hook = pristine_draft / "tooling/hooks/pre-receive"
    done = subprocess.run(
        ["/bin/sh", hook], env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "sms is not on the PATH" in done.stderr


def published(folder: Path, runner: Path) -> subprocess.CompletedProcess[str]:
    """The step of the workflow, with a site of one page for each version."""
    return run(
        script("made pages", "Publish"), folder, runner,
        GIT_COMMITTER_NAME="forge", GIT_COMMITTER_EMAIL="forge@example.org",
    )  # fmt: skip


def test_baselines_and_what_is_in_force_are_published(pristine_released: Path, tmp_path: Path) -> None:
    """The scripts of the workflow, over a real remote: once in full, once more with nothing new."""
    origin = tmp_path / "origin.git"
    run_git(tmp_path, "clone", "--quiet", "--bare", str(pristine_released), str(origin))
    run_git(tmp_path, "clone", "--quiet", str(origin), str(tmp_path / "clone"))
    (tmp_path / "runner/venv/bin").mkdir(parents=True)
    sms = tmp_path / "runner/venv/bin/sms"
    token = {"GITHUB_TOKEN": "secret"}
    # All pages would take a minute.
    sms.write_text(f"#!{sys.executable}\n{QUICK}")
    sms.chmod(0o755)
    for _ in range(2):
        done = published(tmp_path / "clone", tmp_path / "runner")
        assert done.returncode == 0, done.stderr
        pushed = run(script("made pages", "Push"), tmp_path / "clone", tmp_path / "runner", **token)
        assert pushed.returncode == 0, pushed.stderr
        assert run_git(origin, "rev-list", "--count", "gh-pages") == "3"
    listed = json.loads(run_git(origin, "show", "gh-pages:versions.json"))
    assert [(one["version"], one["aliases"]) for one in listed] == [
        ("current", ["latest"]), (releases.SECOND, []), (releases.FIRST, []),
    ]  # fmt: skip
    run_git(tmp_path / "clone", "tag", "--delete", releases.FIRST)
    made = releases.as_anna("-C", tmp_path / "clone", "baseline", releases.FIRST)
    assert made.code == 0, made.err
    done = published(tmp_path / "clone", tmp_path / "runner")
    assert (done.returncode, "but its tag is at" in done.stderr) == (1, True), done.stderr
    for name in (releases.SECOND, "current"):
        assert f"{name} is published on the branch gh-pages already" in done.stdout, (
            "it goes on with the others"
        )


QUICK = """
from pathlib import Path
from smsrepo.cli.main import main
from smsrepo.site.published import publishing

def build(config):
    Path(config.site_dir).mkdir()
    Path(config.site_dir, "index.html").write_text(str(config.site_url))
    config.extra["sms_as_of"] = "2026-03-01"

publishing.build = build
main()
"""


def test_nobody_who_builds_the_site_sees_the_token() -> None:
    for name in ("root pages", "made pages"):
        (job,) = jobs(name)
        assert [s.get("name") for s in job["steps"] if "token" in str(s).casefold()] == ["Push"]


def test_gitlab_publishes_what_github_does() -> None:
    jobs = yaml.load(rendered("gitlab"), GitLab)  # noqa: S506 - a loader of ours, on a file of ours
    assert jobs["pages"]["artifacts"] == {"paths": ["public"]}
    lines = [*jobs["pages"]["script"], *jobs["sms-check"]["script"]]
    commands = [words for line in lines for words in re.findall(r"/tmp/venv/bin/sms ([^|;<>]+)", line)]
    assert len(commands) == 5
    for command in commands:
        words = command.replace('"$name"', "2026.1").replace('"In force"', "In-force").split()
        asked = subprocess.run(
            [sys.executable, "-m", "smsrepo", *words[: 2 if words[0] == "site" else 1], "--help"],
            capture_output=True, text=True,
        )  # fmt: skip
        assert asked.returncode == 0, asked.stderr
        assert [w for w in words if w.startswith("--") and w not in asked.stdout] == []


class GitLab(yaml.SafeLoader):
    """Knows the one tag of GitLab's own that we use."""


GitLab.add_constructor("!reference", lambda loader, node: loader.construct_sequence(node))
