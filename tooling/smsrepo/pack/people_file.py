"""Adds a public key to sms/people.yml and leaves every other byte as it is."""

from datetime import date
from typing import Any

from smsrepo.errors import UserError
from smsrepo.load.yaml_dialect import compose, parse

_ABOVE = ("accounts", "management")  # the field below which keys stand, the first that is there


def with_key(raw: bytes, person: str, line: str, start: date) -> bytes:
    """The file with one more key (`TYPE BASE64`) of a person, from a day on. `raw` fits its schema.

    Line ends stay as they are, so do comments. Raises UserError where the entry is written in a way that cannot
    be added to.
    """
    text = raw.decode("utf-8").replace("\r\n", "\n")
    entry = _entry(compose(text), person)
    fields = {key.value: (key, value) for key, value in entry.value}
    keys = fields["keys"][1] if "keys" in fields else None
    wanted = f"key: {line}", f'from: "{start}"'
    if (keys if keys is not None else entry).flow_style:
        last = (keys or entry).value[-1]
        node = last if keys is not None else last[1]
        added = f", {{{', '.join(wanted)}}}" if keys is not None else f", keys: [{{{', '.join(wanted)}}}]"
        edited = _insert(raw, node.end_mark.line, node.end_mark.column, added)
    elif keys is not None:
        indent = " " * keys.start_mark.column
        edited = _below(raw, _last_line(keys), [f"{indent}- {wanted[0]}", f"{indent}  {wanted[1]}"])
    else:
        above = next(fields[name][1] for name in _ABOVE if name in fields)
        indent = " " * entry.start_mark.column
        edited = _below(
            raw, _last_line(above), [f"{indent}keys:", f"{indent}- {wanted[0]}", f"{indent}  {wanted[1]}"]
        )
    _prove(text, edited.decode("utf-8").replace("\r\n", "\n"), person, {"key": line, "from": str(start)})
    return edited


def _entry(root: Any, person: str) -> Any:
    people = next(value for key, value in root.value if key.value == "people")
    for entry in people.value:
        if any(key.value == "id" and value.value == person for key, value in entry.value):
            return entry
    raise UserError(f"there is nobody called {person} in sms/people.yml", "Name an id that stands there.")


def _last_line(node: Any) -> int:
    """The line in which the last scalar below a node ends: the marks of a block reach past the comments below it."""
    while node.id != "scalar" and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.line)


def _below(raw: bytes, number: int, lines: list[str]) -> bytes:
    existing = raw.splitlines(keepends=True)
    end = b"\r\n" if existing[number].endswith(b"\r\n") else b"\n"
    if not existing[number].endswith(b"\n"):
        existing[number] += end
    added = [line.encode() + end for line in lines]
    return b"".join([*existing[: number + 1], *added, *existing[number + 1 :]])


def _insert(raw: bytes, number: int, column: int, added: str) -> bytes:
    lines = raw.decode("utf-8").split("\n")
    lines[number] = lines[number][:column] + added + lines[number][column:]
    return "\n".join(lines).encode()


def _prove(before: str, after: str, person: str, key: dict[str, str]) -> None:
    """The edit did this one thing and nothing else."""
    expected = parse(before)
    entry = next(one for one in expected["people"] if one["id"] == person)
    entry["keys"] = [*entry.get("keys", ()), key]
    if parse(after) != expected:
        raise UserError(
            f"the entry of {person} in sms/people.yml is written in a way that nothing can be added to it safely",
            f"Add it by hand, under `keys`: {key}",
        )
