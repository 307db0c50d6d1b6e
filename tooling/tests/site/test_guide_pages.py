"""The guide on the site: texts for people, and a reference that is written from the code and the schemas."""

import re
from collections.abc import Iterator

import click
import pytest

from smsrepo.cli.main import cli
from smsrepo.errors import EXIT_CODES
from smsrepo.site.guide.guide_pages import ROLES, TUTORIAL, guide_menu, shown, texts, title
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication

Pages = dict[str, Page]


def commands(
    command: click.Command = cli, path: tuple[str, ...] = ("sms",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


COMMANDS = list(commands())[1:]


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_option_is_in_the_reference(
    path: tuple[str, ...], command: click.Command, pages: Pages
) -> None:
    text = pages[f"guide/commands/{path[1]}.md"].markdown
    assert re.search(rf"^#+ {' '.join(path)}$", text, re.MULTILINE)
    for option in command.params:
        if isinstance(option, click.Option):
            assert f"<code>{', '.join(option.opts + option.secondary_opts)}" in text, option.name


def test_every_type_and_field_is_in_the_reference(publication: Publication, pages: Pages) -> None:
    for type_ in publication.repo.types.values():
        text = pages[f"guide/types/{type_.name}.md"].markdown
        for field in type_.fields:
            assert f"| <code>{field.name.replace('_', '&#95;')}</code> |" in text
        for section in type_.sections:
            assert section.title in text
        assert f"(types/{type_.name}.md)" in pages["guide/types.md"].markdown


def test_every_setting_is_in_the_reference(pages: Pages) -> None:
    text = pages["guide/settings.md"].markdown
    for wanted in (
        "## <code>sms/people.yml</code>",
        "people › keys ›</span> <code>compromised&#95;on</code>",
        "approvals ›</span> <code>approvers</code>",
    ):
        assert wanted in text


def test_every_exit_code_is_in_the_reference(pages: Pages) -> None:
    assert [
        int(code) for code in re.findall(r"^\| (\d+) \|", pages["guide/exit-codes.md"].markdown, re.MULTILINE)
    ] == [*EXIT_CODES]


def test_the_reference_stays_out_of_the_search_of_staff(pages: Pages) -> None:
    """Who looks for the change policy wants the policy, not the fields of its type."""
    found = {path for path, page in pages.items() if path.startswith("guide/types") and page.searchable}
    assert found == set()
    assert all(pages[f"guide/{name}.md"].searchable for name in (TUTORIAL, *ROLES))


def test_the_menu_lists_people_before_the_reference() -> None:
    listed = [entry if isinstance(entry, str) else next(iter(entry)) for entry in guide_menu()]
    assert listed == ["guide/index.md", *(title(name) for name in (TUTORIAL, *ROLES)), "Reference"]
    assert listed[1] == "The first hour"


@pytest.mark.parametrize("name", texts())
def test_readers_see_no_direction_for_tests(name: str) -> None:
    text = shown(texts()[name])
    assert "<!-- stage" not in text
    assert not re.search(r"```console .", text)


@pytest.mark.parametrize("name", texts())
def test_links_of_the_guide_lead_to_pages(name: str, pages: Pages) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", texts()[name]):
        path = target.removeprefix("../") if target.startswith("../") else f"guide/{target}"
        assert path in pages, target
