"""Reads rule pages: the examples of a page are the cases of its rule.

A case is a `###` heading (or, without one, the whole section) with fenced blocks, each a file:
```yaml title="path"```. A line that ends with `# <-- finding` (in Markdown `<!-- <-- finding -->`) is where a
finding is expected; `finding="3"` in the opening line of a block expects one where no comment can stand.
"As of DATE." sets the day. "Only the types shown." leaves out the types of the root. Blocks with
`hex` hold bytes.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

_FENCE = re.compile(
    r'^(`{3,}|~{3,})(\w+) title="([^"]+)"(?: finding="([\d,]+)")?\n(.*?)^\1$', re.MULTILINE | re.DOTALL
)
_MARKER = re.compile(r"[ ]*(?:#|<!--) <-- finding(?: x(\d))?(?: -->)?[ ]*$")
_AS_OF = re.compile(r"As of (\d{4}-\d{2}-\d{2})")
_ONLY_SHOWN = "Only the types shown."
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Case:
    """Files of an example, the day, and how many findings are expected on which (path, line).

    `only_shown`: the example has no types but those whose schemas are among its files.
    """

    name: str
    files: dict[str, bytes]
    as_of: date
    expected: Counter[tuple[str, int]]
    only_shown: bool


def sections(page: str) -> dict[str, str]:
    """The `##` sections of a page by title."""
    parts = re.split(r"^## (.+)$", _hide_fences(page), flags=re.MULTILINE)
    return {title: _show_fences(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def cases(page: str, section: str) -> list[Case]:
    """The cases of the section "Bad" or "Good"."""
    body = sections(page).get(section, "")
    parts = re.split(r"^### (.+)$", _hide_fences(body), flags=re.MULTILINE)
    named = list(zip(parts[1::2], parts[2::2], strict=True)) or [(section, parts[0])]
    return [_case(name, _show_fences(text)) for name, text in named]


def first_paragraph(text: str) -> str:
    """Why a rule exists: the text between the title of its page and the first section."""
    body = re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0]
    return re.sub(r"^# .*\n", "", body).strip()


def _case(name: str, text: str) -> Case:
    files: dict[str, bytes] = {}
    expected: Counter[tuple[str, int]] = Counter()
    for _, language, path, lines, content in _FENCE.findall(text):
        expected.update((path, int(line)) for line in lines.split(",") if line)
        if language == "hex":
            files[path] = bytes.fromhex(content)
            continue
        kept = []
        for number, line in enumerate(content.splitlines(), 1):
            marker = _MARKER.search(line)
            if marker:
                expected[path, number] += int(marker[1] or 1)
            kept.append(_MARKER.sub("", line))
        files[path] = ("\n".join(kept) + "\n" if kept else "").encode()
    day = _AS_OF.search(text)
    return Case(name, files, date.fromisoformat(day[1]) if day else TODAY, expected, _ONLY_SHOWN in text)


def _hide_fences(text: str) -> str:
    return _FENCE.sub(lambda m: m[0].replace("\n#", "\n\0#"), text)


def _show_fences(text: str) -> str:
    return text.replace("\0", "")


def scenarios(page: str, section: str) -> list[str]:
    """The fenced scenarios of the section "Bad" or "Good"."""
    return re.findall(r"^```scenario\n(.*?)^```$", sections(page).get(section, ""), re.MULTILINE | re.DOTALL)
