"""Where the site is read: one address for pages, feed and crawlers, whatever the settings hold."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.cli import sms

from smsrepo.control.settings import ORGANISATION, Settings
from smsrepo.model.artefact import Setting
from smsrepo.site.release import address

# (mkdocs.yml, settings, version) and the address
ADDRESSES = {
    "nobody says": (None, "", "", ""),
    "a version, nobody says": (None, "", "2026.1", ""),
    "mkdocs.yml": ("https://a.example/docs", "", "", "https://a.example/docs/"),
    "settings": (None, "https://b.example/", "", "https://b.example/"),
    "mkdocs.yml first": ("https://a.example/", "https://b.example", "", "https://a.example/"),
    "a version": (None, "https://b.example", "2026.1", "https://b.example/2026.1/"),
}


@pytest.mark.parametrize(("configured", "url", "name", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_address(configured: str | None, url: str, name: str, expected: str) -> None:
    data = {"site": {"url": url}} if url else {}
    settings = Settings(SimpleNamespace(settings={ORGANISATION: Setting(ORGANISATION, data, "", fits=True)}))
    assert address(settings, configured, name) == expected


def without(name: str, text: str) -> str:
    return re.sub(rf"^{name}:\n(?:[ -].*\n)+", f"{name}:\n", text, flags=re.MULTILINE)


# What sms/sms.yml becomes, the exit code, and what is said.
ODD = {
    "no site": (lambda text: f"{text}site:\n", 0, ""),
    "no organisation": (lambda text: without("organisation", text), 0, ""),
    "empty": (lambda _: "", 1, "sms/sms.yml:"),
    "a list": (lambda _: "- a\n", 1, "sms/sms.yml:"),
    "no YAML": (lambda _: "a: [", 1, "sms/sms.yml:"),
}


@pytest.mark.parametrize(("change", "code", "words"), ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "words_of", [["pages"], ["publish", "--version", "dev", "--to"]], ids=["pages", "publish"]
)
def test_settings_that_say_nothing(
    change, code: int, words: str, words_of: list[str], repository: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(repository, tmp_path / "repo"))
    file = root / ORGANISATION
    file.write_text(change(file.read_text()))
    ran = sms("-C", root, "site", *words_of, tmp_path / "there")
    assert (ran.code, words in ran.err) == (code, True), ran.err
