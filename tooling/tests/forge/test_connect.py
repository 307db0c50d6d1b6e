"""What the environment must say before a forge is asked."""

import pytest
from forge import shapes
from forge.contracts import FOLDER, contract
from forge.fake_github import FakeGitHub

from smsrepo.errors import UserError
from smsrepo.forge.forge import Forge
from smsrepo.forge.forges import connect

GOOD = {"GITHUB_TOKEN": "secret", "GITHUB_REPOSITORY": shapes.REPOSITORY}


def test_the_environment_of_a_workflow_is_enough(fake: FakeGitHub) -> None:
    fake.pulls[7] = shapes.pull()
    forge: Forge = connect("github", GOOD | {"GITHUB_API_URL": f"{fake.url}/"})
    assert forge.pull(7).head_commit == shapes.HEAD
    forge.comment(7, "gate", "Text")
    forge.comment(7, "gate", "Text")
    assert "POST /graphql" in fake.asked()


MISTAKES = {
    "no token": ({"GITHUB_TOKEN": ""}, "GITHUB_TOKEN is not set"),
    "a token on two lines": ({"GITHUB_TOKEN": "a\nb"}, "GITHUB_TOKEN has characters"),
    "no repository": ({"GITHUB_REPOSITORY": ""}, "GITHUB_REPOSITORY is not set"),
    "only a name": ({"GITHUB_REPOSITORY": "handbook"}, "names no repository"),
    "a path": ({"GITHUB_REPOSITORY": "octo/.."}, "names no repository"),
    "a query": ({"GITHUB_REPOSITORY": "octo/handbook?x=1"}, "names no repository"),
    "an open line": ({"GITHUB_API_URL": "http://github.example/api/v3"}, "does not begin with https"),
    "another scheme": ({"GITHUB_API_URL": "file:///etc"}, "is no address"),
    "a scheme of its own": ({"GITHUB_API_URL": "ftp://github.example"}, "does not begin with https"),
    "a user in the address": ({"GITHUB_API_URL": "https://a@github.example"}, "is no address"),
    "half an address": ({"GITHUB_API_URL": "https://[::1"}, "is no address"),
    "two hosts": ({"GITHUB_GRAPHQL_URL": "https://github.example/graphql"}, "two hosts"),
}


@pytest.mark.parametrize(("change", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_environment_is_named(change: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        connect("github", GOOD | change)
    assert caught.value.exit_code == 2
    assert caught.value.hint


def test_an_unknown_forge_names_the_known_ones() -> None:
    with pytest.raises(UserError, match="no forge `sourcehut`") as caught:
        connect("sourcehut", {})
    assert "github" in caught.value.hint


def test_every_contract_is_a_schema_that_names_its_source() -> None:
    names = sorted(path.stem for path in FOLDER.glob("*.json"))
    assert len(names) == 10
    for name in names:
        schema = contract(name).schema
        contract(name).check_schema(schema)
        assert "https://docs.github.com/en/" in schema["$comment"], name
