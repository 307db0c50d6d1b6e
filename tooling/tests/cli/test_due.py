"""sms due: what falls due, by who must act, on a terminal and as issues of a forge."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from forge.fake_github import FakeGitHub, serving
from forge.merged import environment
from support.cli import Ran, sms
from support.gitrepo import GitRepo
from support.scenario import play

# Two people can approve the agreement, Bob wrote the policy and cannot; nobody owns the change of a setting yet.
SCENARIO = """
bob issues SLA-001 1.1 effective_from=2026-01-12: The desk answers soon.
merge
bob issues POL-001 1.1 effective_from=2026-01-10: We serve well.
merge
"""


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """A repository in which an agreement and, overdue, a policy wait for approval; never changed."""
    started, _ = play(SCENARIO, tmp_path_factory.mktemp("due") / "repo")
    return started.repo


def due(repo: GitRepo, *options: str, as_of: str = "2026-01-11") -> Ran:
    return sms("due", "--as-of", as_of, *options, cwd=repo.path)


def told(repo: GitRepo, *options: str, as_of: str = "2026-01-11") -> dict[str, list[str]]:
    """The lines below each name, in the order in which they stand."""
    ran = due(repo, *options, as_of=as_of)
    assert ran.code == 0, ran.err
    found: dict[str, list[str]] = {}
    name = ""
    for line in ran.out.splitlines()[:-1]:
        if line.startswith("    "):
            found[name].append(line.strip())
        elif line:
            name = line
            found[name] = []
    return found


def test_what_is_overdue_comes_first_each_under_whoever_can_do_it(waiting: GitRepo) -> None:
    found = told(waiting)
    assert next(iter(found)) == "Anna Nowak"
    assert found["Anna Nowak"][0].startswith(
        "overdue since 2026-01-10  POL-001 Policy: Approval of revision 1.1"
    )
    assert found["Carol Diaz"][0].startswith("by 2026-01-12  SLA-001 Desk: Approval of revision 1.1")
    assert found["Dora Elm"][0] == found["Carol Diaz"][0]
    assert not any("Approval" in line for line in found.get("Bob Berg", ()))


def test_only_one_person(waiting: GitRepo) -> None:
    assert list(told(waiting, "--person", "carol-diaz")) == ["Carol Diaz"]
    ran = due(waiting, "--person", "carol-dias")
    assert (ran.code, "Did you mean `carol-diaz`?" in ran.err) == (2, True)


# how far is looked ahead, and how many reviews of documents that fall due once a year come into view
HORIZONS = {"P30D": 0, "P11M": 0, "P13M": 2}


@pytest.mark.parametrize(("within", "reviews"), HORIZONS.items())
def test_the_horizon(tmp_path: Path, within: str, reviews: int) -> None:
    dated = "\n".join(
        f"bob issues {id_} 1.1 effective_from=2026-01-10: A text.\nanna approves {id_}\nmerge"
        for id_ in ("POL-001", "POL-002")
    )
    started, _ = play(dated, tmp_path / "repo")
    listed = json.loads(due(started.repo, "--within", within, "--format", "json").out)["due"]
    found = [
        (one["id"], one["day"], one["overdue"])
        for one in listed
        if one["kind"] == "review" and one["id"].startswith("POL")
    ]
    assert found == [("POL-001", "2027-01-10", False), ("POL-002", "2027-01-10", False)][:reviews]


@pytest.mark.parametrize("within", ["1 month", "P", "P3X", ""])
def test_what_is_no_duration(waiting: GitRepo, within: str) -> None:
    ran = due(waiting, "--within", within)
    assert (ran.code, "--within" in ran.err and "P30D" in ran.err) == (2, True), ran


def test_as_json(waiting: GitRepo) -> None:
    data = json.loads(due(waiting, "--format", "json").out)
    assert data["until"] == "2026-02-10"
    (policy,) = [one for one in data["due"] if one["id"] == "POL-001" and one["kind"] == "approval"]
    assert {name: policy[name] for name in ("day", "overdue", "role", "persons", "names")} == {
        "day": "2026-01-10", "overdue": True, "role": "top-management", "persons": ["anna-nowak", "erik-roth"],
        "names": ["Anna Nowak", "Erik Roth"],
    }  # fmt: skip


def test_without_document_control_reviews_follow_from_headers(example: Path) -> None:
    ran = sms("due", "--within", "P12M", cwd=example)
    assert (ran.code, "Review of the document" in ran.out) == (0, True)
    assert ran.out.splitlines()[-1].endswith("overdue.")


def test_nothing_in_markdown_notifies_or_breaks_out(tmp_path: Path) -> None:
    started, _ = play("bob issues SLA-001 1.1 title=@octo/all<b>|[x](http://y)\nmerge", tmp_path / "repo")
    out = due(started.repo, "--format", "markdown").out
    (line, *_) = [line for line in out.splitlines() if "octo" in line]
    assert "@\u200bocto/all" in line
    assert r"\<b\>\|\[x\](http://y)" in line


class TestIssues:
    """One issue for everybody who must act."""

    @pytest.fixture
    def fake(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
        with serving(FakeGitHub()) as fake:
            environment(fake, monkeypatch)
            fake.assignable = {"gh-anna", "gh-carol"}
            yield fake
        assert fake.broken == []

    def keep(self, repo: GitRepo, *options: str, as_of: str = "2026-01-11") -> Ran:
        return due(repo, "--forge", "github", "--issues", *options, as_of=as_of)

    def test_one_for_each_person(self, waiting: GitRepo, fake: FakeGitHub) -> None:
        assert self.keep(waiting).code == 0
        titles = {issue["title"]: [user["login"] for user in issue["assignees"]] for issue in fake.issues}
        wanted = {"Due: Anna Nowak": ["gh-anna"], "Due: Carol Diaz": ["gh-carol"], "Due: Dora Elm": []}
        assert {title: titles.get(title) for title in wanted} == wanted
        (annas,) = [issue["body"] for issue in fake.issues if issue["title"] == "Due: Anna Nowak"]
        assert annas.startswith(
            "<!-- smsrepo:due:person:anna-nowak -->\nUntil 2026-02-10:\n\n- **overdue since 2026-01-10** "
        )

    def test_repeating_it_writes_nothing(self, waiting: GitRepo, fake: FakeGitHub) -> None:
        self.keep(waiting)
        before = [dict(issue) for issue in fake.issues]
        fake.requests.clear()
        self.keep(waiting)
        assert fake.issues == before
        assert {r.method for r in fake.requests if r.path != "/graphql"} == {"GET"}

    def test_closed_when_nothing_is_due(self, fake: FakeGitHub, tmp_path: Path) -> None:
        started, _ = play(SCENARIO, tmp_path / "repo")
        self.keep(started.repo, "--person", "dora-elm")
        assert [(issue["title"], issue["state"]) for issue in fake.issues] == [("Due: Dora Elm", "open")]
        calm, _ = play("verify", tmp_path / "calm")
        ran = self.keep(calm.repo, "--person", "dora-elm", "--within", "P0D", as_of="2026-01-06")
        assert [(issue["title"], issue["state"]) for issue in fake.issues] == [("Due: Dora Elm", "closed")]
        assert f"Closed: {fake.issues[0]['html_url']}" in ran.out

    def test_both_options_or_neither(self, waiting: GitRepo) -> None:
        for options in (("--forge", "github"), ("--issues",)):
            assert "belong together" in due(waiting, *options).err
