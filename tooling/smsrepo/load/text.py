"""From bytes to text: UTF-8, LF, NFC, and no character that a reader cannot see."""

import re
import unicodedata

from smsrepo.load.refusal import Refused

MAX_BYTES = 1 << 20

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n\t"
# Controls but tab and line feed, line separators, zero-width, byte order mark, bidirectional overrides.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SAVE_AS = "Save the file as UTF-8 text."
_MEND = {"\r": "Save the file with LF line ends.", "\ufeff": "Save the file as UTF-8 without BOM."}
_CONFLICT = "<<<<<<< "


def decode(raw: bytes) -> str:
    """The text of a file; raises Refused where it is empty, too large, binary or holds hidden characters."""
    if len(raw) > MAX_BYTES:
        raise Refused(
            f"the file has {len(raw):,} bytes; more than 1 MiB is not read",
            hint="Keep large material as an attachment.",
        )
    plain = not raw.translate(None, _PLAIN)
    text = raw.decode("ascii") if plain else _decode_other(raw)
    if _CONFLICT in text and (text.startswith(_CONFLICT) or f"\n{_CONFLICT}" in text):
        at = text.index(_CONFLICT)
        raise Refused(
            "a merge conflict is left here",
            *place(text, at),
            "Keep one of the two versions and delete the marks.",
        )
    if not text.strip():
        raise Refused("the file is empty", hint="Bring its text back (git checkout -- FILE), or delete it.")
    return text


def _decode_other(raw: bytes) -> str:
    zero = raw.find(b"\0")
    if zero >= 0:
        hint = "Delete it, or keep it as an attachment under its own ending (.pdf, .png …)."
        raise Refused("this is a binary file, not text", *_place_in_bytes(raw, zero), hint)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("this is not UTF-8 text", *_place_in_bytes(raw, error.start), _SAVE_AS) from None
    found = _HIDDEN.search(text)
    if found:
        hint = _MEND.get(found[0], "Delete the character.")
        raise Refused(_describe(found[0]), *place(text, found.start()), hint)
    if not unicodedata.is_normalized("NFC", text):
        at = next(
            i
            for i, (a, b) in enumerate(zip(text, unicodedata.normalize("NFC", text), strict=False))
            if a != b
        )
        raise Refused(
            "an accented letter is stored in two parts (not NFC)", *place(text, at), "Type the letter again."
        )
    return text


def hidden(text: str) -> str:
    """What is wrong with the first hidden character of a text; empty when there is none."""
    found = None if text.isprintable() else _HIDDEN.search(text)
    return _describe(found[0]) if found else ""


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset into text."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _place_in_bytes(raw: bytes, offset: int) -> tuple[int, int]:
    before = raw[:offset].decode("utf-8", "replace")
    return place(before, len(before))


def _describe(character: str) -> str:
    if character == "\r":
        return "the lines end with CR LF (or CR); the repository keeps LF only"
    if character == "\ufeff":
        return "the file has a byte order mark"
    name = unicodedata.name(character, "control character")
    return f"a hidden character stands here: U+{ord(character):04X} {name.lower()}"
